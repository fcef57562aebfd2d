// The provider of all measurements: a process of its own, every byte prebuilt. `bun bench/upstream.ts PORT`
import { streamFrames, wholeAnswer } from './answers.ts'
import { heldModel } from './cases.ts'

const encoder = new TextEncoder()
const whole = encoder.encode(wholeAnswer)
const frames = streamFrames.map((frame) => encoder.encode(frame))
const [firstFrame = new Uint8Array()] = frames

const jsonHead = { 'content-type': 'application/json', 'x-request-id': 'req_bench' }
const streamHead = { 'content-type': 'text/event-stream; charset=utf-8', 'x-request-id': 'req_bench' }

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A turn of the event loop between two frames: otherwise the runtime joins them into one write. */
function frameByFrame(): ReadableStream {
  const source: Bun.DirectUnderlyingSource = {
    type: 'direct',
    async pull(controller) {
      for (const frame of frames) {
        controller.write(frame)
        await controller.flush()
        await nextTurn()
      }
      controller.close()
    },
  }
  // Bun's own kind of stream: the constructor of the DOM's types, which come first here, does not know it.
  return new ReadableStream(source as unknown as UnderlyingDefaultSource)
}

function held(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(firstFrame)
    },
  })
}

Bun.serve({
  port: Number(process.argv[2]),
  hostname: '127.0.0.1',
  idleTimeout: 0,
  development: false,
  async fetch(request) {
    const body = await request.text()
    if (body.includes(`"model":"${heldModel}"`)) return new Response(held(), { headers: streamHead })
    if (body.includes('"stream":true')) return new Response(frameByFrame(), { headers: streamHead })
    return new Response(whole, { headers: jsonHead })
  },
})
