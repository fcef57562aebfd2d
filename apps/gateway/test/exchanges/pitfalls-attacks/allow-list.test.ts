import { describe, expect, test } from 'bun:test'
import { json } from '@sluice/testing'
import { prompt, whole } from '../pitfalls/answers.ts'
import { served } from '../pitfalls/served.ts'

const secrets = '@sluice/detector-secrets'
const mine = 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'
const gateway = served({
  apps: { app: { policies: ['block'] } },
  config: {
    plugins: [{ use: secrets, options: { allow: [mine] } }],
    policies: [{ id: 'block', match: { types: ['CREDENTIALS_*'] }, action: 'BLOCK' }],
  },
})
const published = 'AKIAIOSFODNN7EXAMPLE'
const real = 'AKIAQYLPMN5HHHFPZAM2'
const another = 'ghp_9bD1f0A3c5E7b2D4f6A8c0E1b3D5f7A9c1E3'

async function isBlocked(content: string): Promise<boolean> {
  gateway.upstream.respond(json(whole([{ content: 'ok' }])))
  const answer = await gateway.send('/v1/chat/completions', prompt(content))
  expect(answer.status).toBe(200)
  return answer.text().includes('content_filter')
}

describe('70 a real key rides on the allow-list', () => {
  const passing = [`the example ${published}`, `mine: ${mine}`]
  test.each(passing)('the whole value of a published or own one passes: %s', async (content) => {
    expect(await isBlocked(content)).toBe(false)
  })

  const riding = [
    real,
    `${published} ${real}`,
    `${real} EXAMPLE`,
    `EXAMPLE ${real}`,
    `example: ${real} # not real, EXAMPLE`,
    `${published}\n${real}`,
    `${mine} ${another}`,
    `${mine},${another}`,
    `${another} example`,
  ]
  test.each(riding)('beside it, a real one is blocked: %s', async (content) => {
    expect(await isBlocked(content)).toBe(true)
  })
})
