import { type Peer, somewhere } from './peer.ts'

export const vardPeer: Peer = {
  name: '@andersmyrmel/vard',
  version: '1.2.0',
  how: 'its default threshold; the limit of length raised, so that a long text is not refused for being long',
  domains: ['injection'],
  async open() {
    const { vard } = await import('@andersmyrmel/vard')
    const guard = vard().maxLength(1_000_000)
    return ({ text }) => {
      const result = guard.safeParse(text)
      return result.safe
        ? []
        : somewhere('PROMPT_INJECTION', text, Math.max(...result.threats.map((one) => one.severity)))
    }
  },
}
