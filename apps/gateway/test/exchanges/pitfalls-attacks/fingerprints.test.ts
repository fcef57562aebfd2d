import { expect, test } from 'bun:test'
import { createHash, createHmac } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { json } from '@sluice/testing'
import { waitFor } from '../../harness/sluice.ts'
import { prompt, whole } from '../pitfalls/answers.ts'
import { served } from '../pitfalls/served.ts'

const plugins = [{ use: '@sluice/detector-pii' }]
const apps = { one: {}, other: {} }
const gateway = served({ apps, config: { plugins } })
const elsewhere = served({ apps, config: { plugins } })
const ssn = '536-90-4399'

async function fingerprint(app: string, where = gateway) {
  where.upstream.respond(json(whole([{ content: 'ok' }])))
  const record = await where.record(await where.send('/v1/chat/completions', prompt(`my number is ${ssn}`), { app }))
  const found = record.detections.find(({ type }) => type === 'PII_SSN')
  if (found === undefined) throw new Error('not found')
  return { print: found.fingerprint, key: record.fingerprintKey }
}

async function reloadWith(fingerprintKey: string): Promise<void> {
  const { sluice } = gateway
  const file = join(sluice.folder, 'sluice.json')
  const before = sluice.log.length
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), fingerprintKey }))
  sluice.process.kill('SIGHUP')
  await waitFor('the reload', () => sluice.log.slice(before).some((line) => line.includes('was reloaded')) || undefined)
}

// From the review of this design.
test('65 fingerprints are enumerated, or linked across tenants: the same SSN in two AppContexts differs', async () => {
  const first = await fingerprint('one')
  expect(await fingerprint('one')).toEqual(first)
  expect(first).toEqual({ print: expect.stringMatching(/^[0-9a-f]{16}$/), key: 'k1' })
  expect((await fingerprint('other')).print).not.toBe(first.print)
  expect((await fingerprint('one', elsewhere)).print).not.toBe(first.print)
  // Nothing that a reader of the record knows makes it.
  const { sluice } = gateway
  const guesses = [
    createHash('sha256').update(ssn),
    ...['', sluice.appId('one'), 'k1'].map((key) => createHmac('sha256', key).update(ssn)),
  ]
  for (const guess of guesses) expect(guess.digest('hex').slice(0, 16)).not.toBe(first.print)
})

test('65 fingerprints are enumerated: a key that is rotated makes others, and the record names it', async () => {
  const first = await fingerprint('one')
  await reloadWith('2026-12')
  const second = await fingerprint('one')
  expect(second.key).toBe('2026-12')
  expect(second.print).not.toBe(first.print)
  expect((await fingerprint('other')).print).not.toBe(second.print)
  // The key before is kept: whoever still has to compare can.
  await reloadWith('k1')
  expect(await fingerprint('one')).toEqual(first)
})
