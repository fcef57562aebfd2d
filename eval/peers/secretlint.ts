import type { Peer } from './peer.ts'

export const secretlint: Peer = {
  name: 'secretlint',
  version: '13.1.0',
  how: 'with its recommended preset, each text as a file `text.txt`',
  domains: ['secrets'],
  async open() {
    const { lintSource } = await import('@secretlint/core')
    const { creator } = await import('@secretlint/secretlint-rule-preset-recommend')
    const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] }
    return async ({ text }) => {
      const source = { filePath: 'text.txt', content: text, ext: '.txt', contentType: 'text' } as const
      const { messages } = await lintSource({ source, options: { noPhysicFilePath: true, config } })
      return messages.map(({ range: [start, end] }) => ({
        type: 'CREDENTIALS_API_KEY',
        start,
        end,
        confidence: 1,
        severity: 'HIGH',
      }))
    }
  },
}
