import { expect, test } from 'bun:test'
import type { Json } from '@sluice/core'
import { ViewBuilder } from '../view/view-builder.ts'
import { readDataSources } from './read-data-sources.ts'

function read(data_sources: Json): ViewBuilder {
  const view = new ViewBuilder()
  readDataSources(view, { data_sources })
  return view
}
const search = (parameters: Json): Json => ({ type: 'azure_search', parameters })
const endpoint = 'https://search.example.com'

test('a data source is a tool of the provider’s, with the server that it asks', () => {
  const view = read([search({ endpoint, index_name: 'docs', authentication: { type: 'api_key', key: 'k' } })])
  expect(view.toolSets).toEqual([
    {
      place: { pointer: '/data_sources' },
      tools: [
        {
          type: 'hosted',
          name: 'azure_search',
          server: { url: endpoint },
          place: { pointer: '/data_sources/0' },
        },
      ],
      dependents: [],
      choices: [],
    },
  ])
  expect(view.fetched).toEqual([{ value: endpoint, place: { pointer: '/data_sources/0/parameters/endpoint' } }])
  expect(view.texts.map(({ kind, text }) => [kind, text])).toEqual([
    ['tool-definition', 'azure_search'],
    ['tool-definition', endpoint],
    ['tool-definition', 'docs'],
    ['tool-definition', 'api_key'],
    ['tool-definition', 'k'],
  ])
  expect(view.opaque).toHaveLength(1)
})

test('with several addresses, or none, whose it is cannot be said', () => {
  const embedding = { type: 'endpoint', endpoint: 'https://other.example.com/embeddings' }
  expect(read([search({ endpoint, embedding_dependency: embedding })]).toolSets[0]?.tools[0]?.server).toEqual({})
  expect(read([{ type: 'mongo_db', parameters: { connection_string: 'x' } }]).toolSets[0]?.tools[0]?.server).toEqual({})
  expect(read([null, 1, {}]).toolSets[0]?.tools).toMatchObject([{ name: 'data_source', server: {} }])
  expect(read('x').toolSets).toEqual([])
})

test('a deployment that makes its vectors is a model', () => {
  const embedding = { type: 'deployment_name', deployment_name: 'embed' }
  expect(read([search({ endpoint, embedding_dependency: embedding })]).models).toEqual([
    { value: 'embed', place: { pointer: '/data_sources/0/parameters/embedding_dependency/deployment_name' } },
  ])
})
