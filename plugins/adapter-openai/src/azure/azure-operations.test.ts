import { describe, expect, test } from 'bun:test'
import type { Body, CallContext, Json, SetupContext } from '@sluice/core'
import { CHAT } from '../../test/requests.ts'
import adapter from '../index.ts'
import { operations } from '../operations/all.ts'
import { chatCompletions } from '../operations/chat-completions.ts'
import { filesCreate } from '../operations/files-create.ts'
import type { OpenAIOptions } from '../options.ts'
import { azureOperations } from './azure-operations.ts'

const signal = new AbortController().signal
const log = { debug() {}, info() {}, warn() {}, error() {} }
const setup: SetupContext = { instance: 'azure', folder: '/', log, signal, now: () => 0 }
const context: CallContext = { exchange: 'x_1', app: 'ac_1', operation: 'chat.completions.create', signal }
const azure = azureOperations(operations)
const create = async (baseUrl: string, more: Partial<OpenAIOptions> = {}) =>
  adapter.create({ baseUrl, allowInsecure: false, api: 'azure', ...more }, setup)

test('every operation has its path under /openai/v1 and a dated one, and no two are one', () => {
  const paths = azure.map(({ methods, path }) => `${methods.join()} ${path}`)
  expect(new Set(paths).size).toBe(2 * operations.length)
  for (const { methods, path } of operations) {
    expect(paths).toContain(`${methods.join()} /openai${path}`)
    const rest = path.slice('/v1'.length)
    const deployed = `${methods.join()} /openai/deployments/{deployment}${rest}`
    expect(paths.includes(deployed) !== paths.includes(`${methods.join()} /openai${rest}`)).toBe(true)
  }
  expect(paths.filter((path) => path.includes('deployments')).map((path) => path.split('{deployment}')[1])).toEqual([
    '/chat/completions',
    '/completions',
    '/embeddings',
    '/audio/transcriptions',
    '/audio/translations',
  ])
})

test('a twin differs from what it is a twin of in its path and its models alone', () => {
  for (const [index, twin] of azure.entries()) {
    const { path, readRequest, file, ...rest } = twin
    const { path: _, readRequest: __, file: ownFile, ...own } = operations[Math.floor(index / 2)] ?? chatCompletions
    expect(rest).toEqual(own)
    expect(file && { ...file, readLine: ownFile?.readLine }).toEqual(ownFile)
  }
})

describe('models', () => {
  const [v1, deployed] = azureOperations([chatCompletions])
  const body: Body = { type: 'json', text: '', value: CHAT }
  const models = (operation: typeof v1, value: Json, params: [string, string][], query: [string, string][] = []) =>
    operation
      ?.readRequest({ ...body, value }, { method: 'POST', query, params: new Map(params) })
      .models.map((model) => [model.value, model.place.query ?? model.place.pointer])

  test('the deployment in the path comes first, what the body names besides is a model too', () => {
    expect(models(deployed, { model: 'gpt-4o' }, [['deployment', 'prod']])).toEqual([
      ['prod', 'path'],
      ['gpt-4o', '/model'],
    ])
    expect(models(deployed, {}, [['deployment', 'prod']])).toEqual([['prod', 'path']])
  })

  test('one in the query is a model, however it is spelled', () => {
    expect(models(v1, { model: 'a' }, [], [['Deployment', 'b']])).toEqual([
      ['a', '/model'],
      ['b', 'Deployment'],
    ])
  })

  test('a view is otherwise that of the body', () => {
    const target = { method: 'POST', query: [], params: new Map([['deployment', 'prod']]) }
    const { models: _, ...view } = deployed?.readRequest(body, target) ?? { models: [] }
    const { models: __, ...plain } = chatCompletions.readRequest(body, target)
    expect(view).toEqual(plain)
    expect(v1?.readRequest(body, { ...target, params: new Map() })).toEqual(chatCompletions.readRequest(body, target))
  })
})

test('requests inside a request are asked for by the paths of Azure', () => {
  const place = { pointer: '' } as const
  const nested = ['/v1/embeddings', '/chat/completions'].map((path, at) => ({
    id: `${at}`,
    method: 'POST',
    path,
    place,
  }))
  const body: Body = { type: 'none' }
  const target = { method: 'POST', query: [], params: new Map<string, string>() }
  const view = chatCompletions.readRequest(body, target)
  const [twin] = azureOperations([{ ...chatCompletions, readRequest: () => ({ ...view, nested }) }])
  expect(twin?.readRequest(body, target).nested?.map(({ path }) => path)).toEqual([
    '/openai/v1/embeddings',
    '/openai/v1/chat/completions',
  ])
})

test('lines of a file are asked for by the paths of Azure, and otherwise read as they are', () => {
  const value = { custom_id: 'a', method: 'POST', url: '/v1/embeddings', body: {} }
  const line: Body = { type: 'json', text: JSON.stringify(value), value }
  for (const { file } of azureOperations([filesCreate])) {
    const { nested, ...view } = file?.readLine(line) ?? {}
    expect(nested).toEqual([{ id: 'a', method: 'POST', path: '/openai/v1/embeddings', place: { pointer: '/body' } }])
    const { nested: _, ...own } = filesCreate.file?.readLine(line) ?? {}
    expect(view).toEqual(own)
  }
})

describe('the base URL', () => {
  test('stands in for /openai, and the query follows as received', async () => {
    const resource = 'https://resource.openai.azure.com/openai'
    for (const baseUrl of [resource, `${resource}/`]) {
      const { upstream, origins } = await create(baseUrl)
      const call = { operation: chatCompletions, body: undefined, headers: new Headers() }
      const path = '/openai/deployments/prod/chat/completions'
      expect(await upstream({ ...call, path, query: '?api-version=2024-10-21' }, context)).toEqual({
        url: 'https://resource.openai.azure.com/openai/deployments/prod/chat/completions?api-version=2024-10-21',
        set: {},
        remove: [],
      })
      expect((await upstream({ ...call, path: '/openai/v1/chat/completions', query: '' }, context)).url).toBe(
        'https://resource.openai.azure.com/openai/v1/chat/completions',
      )
      expect(origins).toEqual(['https://resource.openai.azure.com'])
    }
  })

  test.each([
    'https://api.openai.com/v1',
    'https://resource.openai.azure.com/openai/v1',
    'https://resource.openai.azure.com/openai/v1/',
    'https://resource.openai.azure.com',
    'https://resource.cognitiveservices.azure.com/',
    'http://resource.openai.azure.com/openai',
  ])('%s is refused', (baseUrl) => {
    expect(create(baseUrl)).rejects.toMatchObject({ code: 'SLUICE_PLUGIN_OPTIONS_INVALID', plugin: 'azure' })
  })

  test('with `api: openai` the surface that is OpenAI’s is a base URL like any other', async () => {
    const { upstream } = await create('https://resource.openai.azure.com/openai/v1', { api: 'openai' })
    const call = { operation: chatCompletions, path: '/v1/models', query: '', body: undefined, headers: new Headers() }
    expect((await upstream(call, context)).url).toBe('https://resource.openai.azure.com/openai/v1/models')
  })
})
