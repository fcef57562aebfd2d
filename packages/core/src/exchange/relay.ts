export type RelayEnd = 'done' | 'upstream-failed' | 'client-gone'

/**
 * Passes a body on chunk by chunk, the moment each arrives, with the reader's own backpressure, and shows each chunk
 * to `onChunk` on the way. `onEnd` is called once. (A tee would lose the backpressure, and cancel late.)
 */
export function relay(
  body: ReadableStream<Uint8Array>,
  onChunk: (chunk: Uint8Array) => void,
  onEnd: (end: RelayEnd) => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  let over = false
  const end = (how: RelayEnd): void => {
    over = true
    onEnd(how)
  }
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (over) return
        if (done) {
          controller.close()
          end('done')
          return
        }
        onChunk(value)
        controller.enqueue(value)
      } catch {
        if (over) return
        end('upstream-failed')
        // An error overtakes what the runtime has not written yet (Deno): what came before it goes out first.
        await new Promise((resolve) => setTimeout(resolve, 0))
        // The client must see that the body is not whole. The message is ours: the provider's may hold addresses.
        controller.error(new Error('The provider ended the response before it was whole.'))
      }
    },
    async cancel() {
      if (!over) end('client-gone')
      await reader.cancel().catch(() => undefined)
    },
  })
}
