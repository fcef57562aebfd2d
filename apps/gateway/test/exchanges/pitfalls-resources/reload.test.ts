import { describe, expect, test } from 'bun:test'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { json } from '@sluice/testing'
import type { ConfigOptions } from '../../../src/config/schema.ts'
import { waitFor } from '../../harness/sluice.ts'
import { PacedStream } from '../page/provider.ts'
import { chunks, frame, prompt, whole } from '../pitfalls/answers.ts'
import { detectors, needle, policies } from '../pitfalls/needle.ts'
import { served } from '../pitfalls/served.ts'

const gateway = served({
  apps: { app: { policies: ['block-in'] } },
  config: { plugins: detectors, policies },
})
const chat = '/v1/chat/completions'

/** Writes the configuration changed so, has it read, and answers what the log says of it. */
async function reloadWith(change: (config: ConfigOptions, folder: string) => unknown): Promise<string> {
  const { sluice } = gateway
  const file = join(sluice.folder, 'sluice.json')
  const good = readFileSync(file, 'utf8')
  const changed = change(JSON.parse(good), sluice.folder)
  const before = sluice.log.length
  writeFileSync(file, typeof changed === 'string' ? changed : JSON.stringify(changed))
  sluice.process.kill('SIGHUP')
  const line = await waitFor('the word of the reload', () =>
    sluice.log.slice(before).find((text) => text.includes('The configuration was')),
  )
  if (line.includes('was not reloaded')) writeFileSync(file, good)
  return line
}

/** The old configuration serves: blocks what it blocked, forwards what it forwarded. */
async function expectServing(): Promise<void> {
  gateway.upstream.respond(json(whole([{ content: 'ok' }])))
  const passed = await gateway.send(chat, prompt('hi'))
  expect(passed.json()).toMatchObject({ choices: [{ message: { content: 'ok' } }] })
  const blocked = await gateway.send(chat, prompt(needle))
  expect(blocked.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
}

const plugin = (text: string) => (config: ConfigOptions, folder: string) => {
  // A name of its own each time: a module once loaded is remembered.
  const name = `bad-${Math.random()}.mjs`
  writeFileSync(join(folder, name), text)
  return { ...config, plugins: [...(config.plugins ?? []), { use: `./${name}` }] }
}

// As TypeBox marks its schemas: this folder has no packages.
const schema = `{ [Symbol.for('TypeBox.Kind')]: 'Object', type: 'object', properties: {} }`
const head = `kind: 'detector', spec: 'v1', meta: { name: 'bad', version: '1.0.0', description: 'x' }, options: ${schema}`
const badChanges: Readonly<
  Record<string, readonly [(config: ConfigOptions, folder: string) => unknown, reason: string]>
> = {
  'no JSON at all': [() => '{"apps": [', 'SLUICE_CONFIG_INVALID'],
  'an unknown member': [(config) => ({ ...config, polices: [] }), 'did you mean \\"policies\\"'],
  'no AppContext': [(config) => ({ ...config, apps: [] }), 'apps'],
  'a plugin that is not installed': [
    (config) => ({ ...config, plugins: [...(config.plugins ?? []), { use: '@nobody/of-that-name' }] }),
    'SLUICE_PLUGIN_NOT_FOUND',
  ],
  'a plugin that is no module': [plugin('export default {{{'), 'SLUICE_PLUGIN'],
  'a plugin that throws when it is read': [plugin(`throw new Error('no')`), 'SLUICE_PLUGIN'],
  'a plugin that is none': [plugin('export default 5'), 'SLUICE_PLUGIN_INVALID'],
  'a plugin whose create() throws': [
    plugin(`export default { ${head}, create() { throw new Error('out of sorts') } }`),
    'out of sorts',
  ],
  'a plugin whose create() rejects': [
    plugin(`export default { ${head}, create: async () => { throw new Error('out of sorts') } }`),
    'out of sorts',
  ],
  'a plugin that makes nothing usable': [
    plugin(`export default { ${head}, create: () => ({ mode: 'scan' }) }`),
    'types is empty',
  ],
}

// Found in the review of this design; the old generation must serve on.
describe('37 a bad plugin or configuration takes the gateway down on reload', () => {
  test.each(Object.entries(badChanges))('%s', async (_, [change, reason]) => {
    const line = await reloadWith(change)
    expect(line).toContain('was not reloaded; the one before it serves on')
    expect(line).toContain(reason)
    await expectServing()
  })

  test('a good one takes over whole, while a stream begun under the old one ends under it', async () => {
    const frames = [...chunks([{ content: `a ${needle}` }], { piece: 40 }).map(frame), 'data: [DONE]\n\n']
    const paced = new PacedStream(frames)
    gateway.upstream.respond(paced.respond)
    const answer = await gateway.sluice.post(chat, prompt('hi', { stream: true }))
    const line = await reloadWith((config) => ({
      ...config,
      apps: config.apps.map((app) => ({ ...app, policies: ['redact-in'] })),
    }))
    expect(line).toContain('The configuration was reloaded')
    gateway.upstream.respond(json(whole([{ content: 'ok' }])))
    const redacted = await gateway.send(chat, prompt(needle))
    expect(redacted.status).toBe(200)
    expect(gateway.upstream.requests.at(-1)?.json()).toMatchObject({ messages: [{ content: '[REDACTED]' }] })
    for (const at of frames.keys()) paced.saw(at)
    expect(await answer.text()).toBe(frames.join(''))
    expect((await gateway.sluice.eventOf(answer)).data).toMatchObject({ outcome: 'forwarded', detections: [{}] })
  })
})
