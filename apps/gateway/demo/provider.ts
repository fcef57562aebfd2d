import { LLMock } from '@copilotkit/aimock'

/** The provider of the demonstration. */
export interface DemoProvider {
  /** Without `/v1`. */
  readonly url: string
  /** How many requests have reached it. */
  readonly calls: number
  /** Names of the tools that its newest request offered. */
  readonly tools: readonly string[]
  stop(): Promise<void>
}

/** A provider in this process that needs no account: it knows the answers to what the demonstration asks. */
export async function startDemoProvider(): Promise<DemoProvider> {
  const mock = new LLMock({ logLevel: 'silent' })
  mock.onMessage('capital of France', { content: 'Paris.' })
  mock.onMessage('weather', { content: 'It rains in London.' })
  const answer = { content: 'Write to ada.lovelace@engine-works.com, she knows.' }
  mock.onMessage('Who knows', answer, { chunkSize: 9, latency: 30 })
  const url = await mock.start()
  return {
    url,
    get calls() {
      return mock.getRequests().length
    },
    get tools() {
      const body: unknown = mock.getLastRequest()?.body
      if (typeof body !== 'object' || body === null || !('tools' in body) || !Array.isArray(body.tools)) return []
      return body.tools.map((tool) => String(tool.function?.name))
    },
    async stop() {
      // Kept connections would hold the stop up, and aimock shows its server to nobody.
      const { serverInstance } = mock as unknown as { serverInstance?: { server: { closeAllConnections(): void } } }
      const stopped = mock.stop()
      serverInstance?.server.closeAllConnections()
      await stopped
    },
  }
}
