import { expect, test } from 'bun:test'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { json, startUpstream } from '@sluice/testing'
import { startSluice, waitFor } from '../harness/sluice.ts'
import { fencesOf } from './pages.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

const [line] = fencesOf('docs/policies.md').filter(({ code }) => code.includes('actors release'))

test('docs/policies.md: a quarantine is lifted while the gateway runs', async () => {
  await using upstream = await startUpstream()
  upstream.respond(json({ id: 'chatcmpl-1', object: 'chat.completion', choices: [] }))
  await using sluice = await startSluice({
    upstream: upstream.url,
    apps: { app: { policies: ['cards'] } },
    config: {
      plugins: [{ use: '@sluice/detector-pii' }],
      policies: [{ id: 'cards', match: { types: ['FINANCIAL_*'] }, action: 'QUARANTINE' }],
    },
  })
  const ask = (content: string) =>
    sluice.post('/v1/chat/completions', { model: 'gpt-4', messages: [{ role: 'user', content }] })
  const { subject = '', data } = await sluice.eventOf(await ask('Charge 4111 1111 1111 1111'))
  const refused = await ask('Hello')
  expect(refused.status).toBe(403)
  await sluice.eventOf(refused)

  const words = (line?.code ?? '')
    .trim()
    .replace('ac_demo00000000', subject)
    .replace('key:key_0123456789Ab', data.actor?.id ?? '')
    .split(' ')
  expect(words.splice(0, 3)).toEqual(['bun', 'run', 'sluice'])
  const config = ['--config', join(sluice.folder, 'sluice.json')]
  const run = (args: readonly string[]) =>
    spawnSync(process.execPath, ['--conditions=sluice-source', main, ...args, ...config], { encoding: 'utf8' })
  expect(run(words)).toMatchObject({ status: 0, stderr: `${data.actor?.id} is released\n`, stdout: '' })
  await waitFor('the gateway to see it', async () => (await ask('Hello')).status === 200 || undefined)
  expect(run(words)).toMatchObject({ status: 0, stderr: `${data.actor?.id} is not quarantined\n` })
  const unknown = run(['actors', 'release', 'key:key_nobody', '--app', subject])
  expect(unknown).toMatchObject({ status: 2, stderr: expect.stringContaining('there is no actor key:key_nobody') })
})
