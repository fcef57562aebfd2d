import { expect, test } from 'bun:test'
import { filter, loaded, types } from '../../test/fakes.ts'
import { type Fixture, prompt, request, running } from '../../test/gateway.ts'
import type { DetectorInstance } from '../protocol/detector.ts'

const finding: DetectorInstance = {
  mode: 'inspect',
  types,
  inspect: ({ text }) => {
    const start = text.indexOf('secret-')
    return start < 0 ? [] : [{ type: 'CREDENTIALS_NEEDLE', confidence: 1, start, end: start + 10 }]
  },
}
const failing: DetectorInstance = {
  mode: 'inspect',
  types,
  inspect() {
    throw new Error('haystack')
  },
}

async function recordOf(body: Record<string, unknown>, fixture: Fixture) {
  const run = running({ detectors: [loaded(finding)], ...fixture })
  await run.gateway.handle(request(body))
  return run.record()
}

test('a model that is refused is recorded by its name, unless a detector finds something in it', async () => {
  const listed: Fixture = { context: { allowedModels: ['other'] } }
  expect((await recordOf(prompt('hi', { model: 'gpt-9' }), listed)).model).toBe('gpt-9')
  const record = await recordOf(prompt('hi', { model: 'org/secret-123' }), listed)
  expect(record).toMatchObject({ code: 'SLUICE_MODEL_NOT_ALLOWED', detections: [] })
  expect(record.model).toMatch(/^fingerprint:[0-9a-f]{16}$/)
  const unread = await recordOf(prompt('hi', { model: 'gpt-9' }), { ...listed, detectors: [loaded(failing)] })
  expect(unread.model).toMatch(/^fingerprint:/)
  // Where nobody looks for anything, nothing is hidden.
  expect((await recordOf(prompt('hi', { model: 'gpt-9' }), { ...listed, detectors: [] })).model).toBe('gpt-9')
})

test('a removed tool is recorded by its name, unless a detector finds something in it', async () => {
  const removing = filter({ define: () => ({ type: 'deny', code: 'NO', reason: '' }) })
  const tools = ['plain', 'secret-123'].map((name) => ({ name }))
  const { toolsRemoved, detections } = await recordOf(prompt('hi', { tools }), { toolFilters: [removing] })
  expect(toolsRemoved.map(({ name }) => name)).toEqual(['plain', expect.stringMatching(/^fingerprint:/)])
  expect(detections).toEqual([])
})
