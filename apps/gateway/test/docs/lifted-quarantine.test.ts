import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { json, startUpstream } from '@sluice/testing'
import { startSluice, waitFor } from '../harness/sluice.ts'
import { fencesOf } from './pages.ts'

const [statement] = fencesOf('docs/policies.md').filter(({ language }) => language === 'sql')

test('docs/policies.md: a quarantine is lifted in the store while the gateway runs', async () => {
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

  const lift = (statement?.code ?? '')
    .replace('ac_demo00000000', subject)
    .replace('key:key_0123456789Ab', data.actor?.id ?? '')
  const database = new DatabaseSync(join(sluice.folder, '.sluice/sluice.db'), { timeout: 2000 })
  expect(database.prepare(lift).run().changes).toBe(1)
  database.close()
  await waitFor('the gateway to see it', async () => (await ask('Hello')).status === 200 || undefined)
})
