import { expect, test } from 'bun:test'
import { randomBytes } from 'node:crypto'
import { json, startUpstream } from '@sluice/testing'
import { startSluice } from '../../harness/sluice.ts'
import { prompt, whole } from '../pitfalls/answers.ts'

const chat = '/v1/chat/completions'
const floods = 2_000

// From the review of this design. Twenty thousand of them, with the store down: packages/core/src/record/tallies.test.ts.
test('51 a flood of bad keys fills the audit queue: valid traffic among it is answered and recorded', async () => {
  await using upstream = await startUpstream()
  upstream.respond(json(whole([{ content: 'ok' }])))
  await using sluice = await startSluice({
    upstream: upstream.url,
    // Fewer than the flood would need.
    config: { limits: { maxQueuedEvents: 200, maxKeyRefusals: 50 } },
  })
  const keys = Array.from({ length: floods }, () => `detect_live_${randomBytes(30).toString('base64url')}`)
  const sent = keys.map((key, at) => ({ key, at })).values()
  const flood = async (): Promise<void> => {
    for (const { key, at } of sent) {
      const headers = at % 4 === 0 ? {} : { 'x-detection-key': key }
      const answer = await fetch(`${sluice.url}${chat}`, { method: 'POST', headers, body: '{}' })
      expect([answer.status, answer.headers.get('x-sluice-exchange-id') === null]).toEqual([401, false])
      await answer.arrayBuffer()
    }
  }
  const flooding = Array.from({ length: 20 }, flood)
  for (let time = 0; time < 100; time++) {
    const answer = await sluice.post(chat, prompt('hi'))
    expect([time, answer.status]).toEqual([time, 200])
    await answer.arrayBuffer()
  }
  await Promise.all(flooding)
  expect(await sluice.stop()).toBe(0)

  const recorded = await sluice.events(100)
  expect(recorded.filter(({ subject }) => subject !== undefined)).toHaveLength(100)
  const strangers = recorded.filter(({ subject }) => subject === undefined).map(({ data }) => data)
  expect(strangers.filter(({ repeated }) => repeated === undefined)).toHaveLength(50)
  const sums = strangers.filter(({ repeated }) => repeated !== undefined)
  expect(sums.map(({ code, outcome, status }) => `${code} ${outcome} ${status}`).sort()).toEqual([
    'SLUICE_KEY_INVALID refused 401',
    'SLUICE_KEY_MISSING refused 401',
  ])
  const count = (code: string) =>
    strangers.filter((one) => one.code === code).reduce((sum, { repeated }) => sum + (repeated?.count ?? 1), 0)
  expect([count('SLUICE_KEY_MISSING'), count('SLUICE_KEY_INVALID')]).toEqual([floods / 4, (3 * floods) / 4])
  for (const { repeated } of sums) {
    expect(Date.parse(repeated?.first ?? '')).toBeLessThanOrEqual(Date.parse(repeated?.last ?? ''))
  }
  const written = JSON.stringify(recorded)
  expect(keys.filter((key) => written.includes(key.slice(12, 40)))).toEqual([])
}, 60_000)
