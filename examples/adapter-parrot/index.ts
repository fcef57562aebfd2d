import {
  type AdapterDefinition,
  asObject,
  asText,
  type Body,
  checkBaseUrl,
  type DecodedFrame,
  defineAdapter,
  FrameEvents,
  OpenBlocks,
  type Operation,
  type OptionsSchema,
  rootOf,
  type StreamDecoder,
  Type,
  ViewBuilder,
  type WireFrame,
} from '@sluice/core'

export interface ParrotOptions {
  readonly baseUrl: string
  readonly allowInsecure: boolean
}

const options: OptionsSchema<ParrotOptions> = Type.Object(
  {
    baseUrl: Type.String({ default: 'https://parrot.example/v1', description: 'What stands in for `/v1` upstream.' }),
    allowInsecure: Type.Boolean({ default: false, description: 'Allows http to a host other than this machine.' }),
  },
  { additionalProperties: false },
)

/** `{"said": "…", "end": "done"}` */
function readAnswer(body: Body, { status }: { readonly status: number }) {
  const view = new ViewBuilder()
  if (body.type === 'text') view.text(status >= 400 ? 'error' : 'other', 'external', { pointer: '' }, body.text)
  const root = rootOf(body)
  view.text('assistant', 'model', { pointer: '/said' }, asText(root?.['said']) ?? '', { choice: 0 })
  const end = asText(root?.['end'])
  if (end !== undefined) {
    view.text('other', 'model', { pointer: '/end' }, end, { choice: 0 })
    view.finishes.push({ choice: 0, finish: finishOf(end) })
  }
  return view.view()
}

function finishOf(raw: string) {
  return { reason: raw === 'done' ? 'stop' : raw === 'hushed' ? 'content-filter' : 'other', raw } as const
}

/** Frames of `{"piece": "…"}`, and a last one of `{"end": "done"}`. */
class PieceDecoder implements StreamDecoder {
  readonly #blocks = new OpenBlocks()

  decode({ value }: WireFrame): DecodedFrame {
    const root = asObject(value)
    const events = new FrameEvents(this.#blocks)
    const said = { block: 'said', choice: 0, kind: 'assistant' } as const
    events.append(said, asText(root?.['piece']) ?? '', '/piece')
    const end = asText(root?.['end'])
    if (end !== undefined) {
      events.appendWhole({ block: 'end', choice: 0, kind: 'other' }, end, '/end')
      events.push({ type: 'response-end', choice: 0, finish: finishOf(end) })
    }
    return events.decoded([])
  }

  end() {
    return this.#blocks.end()
  }
}

const say: Operation = {
  name: 'say',
  methods: ['POST'],
  path: '/v1/say',
  inspection: 'inspected',
  transport: 'http',
  request: 'json',
  model: 'required',
  generates: true,
  fields: { '/bird': ['string'], '/line': ['string'], '/stream': ['boolean', 'null'] },
  names: ['said', 'end', 'piece', 'blocked', 'message'],
  ignores: [],
  responseIgnores: [],
  readRequest(body) {
    const view = new ViewBuilder()
    const root = rootOf(body)
    view.model({ pointer: '/bird' }, asText(root?.['bird']))
    view.text('user', 'user', { pointer: '/line' }, asText(root?.['line']) ?? '')
    view.stream = root?.['stream'] === true
    return view.view()
  },
  readResponse: readAnswer,
  decoder: (contentType) => (contentType.startsWith('text/event-stream') ? new PieceDecoder() : undefined),
  refuse({ message }, { stream, frame }) {
    const last = { end: 'hushed' }
    if (!stream) {
      return { status: 200, contentType: 'application/json', body: JSON.stringify({ said: message, ...last }) }
    }
    const marked = { blocked: true, message }
    const frames = frame === 'bare' ? [marked] : [{ ...marked, piece: message }, last]
    const body = frames.map((each) => `data: ${JSON.stringify(each)}\n\n`).join('')
    return { status: 200, contentType: 'text/event-stream', body }
  },
}

const adapter: AdapterDefinition<ParrotOptions> = defineAdapter<ParrotOptions>({
  kind: 'adapter',
  spec: 'v1',
  meta: { name: '@acme/sluice-adapter-parrot', version: '1.0.0', description: 'The Parrot API' },
  options,
  create(given, { instance }) {
    const base = checkBaseUrl(given, instance)
    const prefix = base.href.replace(/\/+$/, '')
    return {
      operations: [say],
      origins: [base.origin],
      credentialHeaders: ['authorization'],
      upstream: ({ path, query }) => ({ url: `${prefix}${path.slice('/v1'.length)}${query}`, set: {}, remove: [] }),
    }
  },
})

export default adapter
