import type { CensusSide, Json } from '../../packages/core/src/index.ts'
import type { Described, Document } from './document.ts'
import { formOf } from './form.ts'
import { samplesOf } from './samples.ts'
import type { Schema, Schemas } from './schema.ts'
import { unreached } from './unreached.ts'
import { widest } from './widest.ts'

/** First segments of the paths that an adapter may want to declare. */
const families: ReadonlySet<string> = new Set([
  'audio',
  'batches',
  'chat',
  'completions',
  'conversations',
  'embeddings',
  'files',
  'models',
  'moderations',
  'realtime',
  'responses',
])

/** Streams of which the document says nothing, or says it elsewhere. */
const streams: Readonly<Record<string, string>> = {
  'POST /completions': 'CreateCompletionResponse',
  'GET /responses/{response_id}': 'ResponseStreamEvent',
}

/** An `OperationSamples`, and JSON. */
export type Samples = Readonly<Record<CensusSide, readonly Json[]>>

/** By method and path, parameters written `{}`: `GET /v1/models/{}`. Of the WebSocket, what each side says. */
export function openaiCensus(document: Document): Readonly<Record<string, Samples>> {
  const census: Record<string, Samples> = {}
  for (const [target, methods] of Object.entries(document.paths)) {
    const [path = ''] = target.split('?')
    if (!families.has(path.split('/')[1] ?? '')) continue
    for (const [method, described] of Object.entries(methods)) {
      const samples = samplesFor(document, described, streams[`${method.toUpperCase()} ${target}`])
      const key = `${method.toUpperCase()} /v1${path.replaceAll(/\{[^}]*\}/g, '{}')}`
      const known = census[key]
      // A path that is described once more with a query (`?beta=true`) is one operation.
      census[key] = known === undefined ? samples : together(known, samples)
    }
  }
  const said = (name: string, everyRole = false) => {
    return sampled({ $ref: `#/components/schemas/${name}` }, document.components.schemas, everyRole)
  }
  census['GET /v1/realtime'] = {
    request: said('RealtimeClientEvent', true),
    response: said('RealtimeServerEvent'),
    events: [],
  }
  return Object.fromEntries(Object.entries(census).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function samplesFor(document: Document, { requestBody, responses }: Described, stream: string | undefined): Samples {
  const { schemas } = document.components
  // A bare string is what a document says of a file.
  const of = (schema: Schema | undefined, everyRole = false) => {
    return schema === undefined ? [] : sampled(schema, schemas, everyRole).filter((each) => typeof each !== 'string')
  }
  const sent = requestBody?.content ?? {}
  const answers = Object.entries(responses ?? {}).filter(([status]) => status.startsWith('2'))
  const answered = (type: string) => answers.flatMap(([, { content }]) => of(content?.[type]?.schema))
  const events = stream === undefined ? [] : of({ $ref: `#/components/schemas/${stream}` })
  // In what the model said, every frame of it would come once for each role.
  return {
    request: [...of(sent['application/json']?.schema, true), ...of(sent['multipart/form-data']?.schema).map(formOf)],
    response: answered('application/json'),
    events: [...answered('text/event-stream'), ...events],
  }
}

/** Samples of a schema. Throws where they leave out a place of its strings: a mistake of ours. */
function sampled(schema: Schema, schemas: Schemas, everyRole = false): readonly Json[] {
  const samples = samplesOf(schema, schemas, { everyRole })
  const missing = unreached(schema, schemas, samples)
  if (missing.length > 0) throw new Error(`no sample has ${missing.slice(0, 20).join(' ')}`)
  return samples
}

function together(one: Samples, other: Samples): Samples {
  return {
    request: widest([...one.request, ...other.request]),
    response: widest([...one.response, ...other.response]),
    events: widest([...one.events, ...other.events]),
  }
}
