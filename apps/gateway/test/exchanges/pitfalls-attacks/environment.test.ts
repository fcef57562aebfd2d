import { afterAll, describe, expect, test } from 'bun:test'
import { hostname } from 'node:os'
import { json, startUpstream } from '@sluice/testing'
import { command } from '../../harness/command.ts'
import { temporaryFolder } from '../../harness/folder.ts'
import { type SluiceOptions, startSluice } from '../../harness/sluice.ts'
import { prompt, whole } from '../pitfalls/answers.ts'

const proxy = await startUpstream()
proxy.respond(json(whole([{ content: 'of the proxy' }])))
const upstream = await startUpstream()
upstream.respond(json(whole([{ content: 'ok' }])))
afterAll(() => Promise.all([proxy.close(), upstream.close()]))

/** Why a gateway does not start. */
async function refusalOf(options: Omit<SluiceOptions, 'upstream'>): Promise<string> {
  try {
    await using _ = await startSluice({ ...options, upstream: upstream.url })
    return 'it started'
  } catch (error) {
    return String(error)
  }
}

describe('59 what surrounds the process takes it over', () => {
  test('proxies of the environment are not used, and it says so', async () => {
    const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']
    const environment = { ...Object.fromEntries(names.map((name) => [name, proxy.url])), NO_PROXY: '', no_proxy: '' }
    await using sluice = await startSluice({ upstream: upstream.url, environment })
    const answer = await sluice.post('/v1/chat/completions', prompt('hi'))
    expect(await answer.text()).toBe(whole([{ content: 'ok' }]))
    expect(proxy.connections).toBe(0)
    const warning = sluice.log.find((line) => line.includes('Proxies of the environment are not used'))
    for (const name of names) expect(warning).toContain(name)
    expect(warning).not.toContain(proxy.url)
  })

  test('TLS switched off refuses to start', async () => {
    const why = await refusalOf({ environment: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } })
    expect(why).toContain('SLUICE_ENVIRONMENT_UNSAFE')
    expect(why).toContain('NODE_TLS_REJECT_UNAUTHORIZED')
  })

  test('a plugin that is mistyped, or stands at an address, is not fetched from anywhere', async () => {
    const uses = [
      '@sluice/detector-pi',
      'left-pad',
      'npm:left-pad@1.3.0',
      'jsr:@std/assert',
      'https://example.com/x.js',
    ]
    for (const use of [...uses, 'data:text/javascript,export default 1', 'node:fs', './not-there.ts']) {
      const why = await refusalOf({ config: { plugins: [{ use }] } })
      expect([use, /SLUICE_(?:PLUGIN_NOT_FOUND|PLUGIN_INVALID|CONFIG_INVALID)/.test(why)]).toEqual([use, true])
      expect(why).toContain('plugins[1]')
    }
  }, 60_000)

  test('a base URL that is the gateway itself, by any name, refuses to start', async () => {
    const port = 45_998
    for (const name of ['127.0.0.1', 'localhost', '127.8.8.8', hostname().toLowerCase()]) {
      const options = { baseUrl: `http://${name}:${port}/v1`, allowInsecure: true }
      const config = {
        plugins: [{ use: '@sluice/adapter-openai', options }],
        apps: [{ id: 'ac_demo00000000', name: 'D' }],
      }
      using folder = temporaryFolder({ 'sluice.json': JSON.stringify(config) })
      const ran = await command(['serve', '--port', `${port}`], { folder: folder.path })
      expect([name, ran.code, ran.stdout]).toEqual([name, 2, ''])
      expect(ran.stderr).toContain('SLUICE_ENVIRONMENT_UNSAFE')
    }
  }, 20_000)

  test('an .env of the working folder says nothing', async () => {
    const config = {
      plugins: [{ use: '@sluice/adapter-openai', options: { baseUrl: '${env:OWN_BASE_URL}' } }],
      apps: [{ id: 'ac_demo00000000', name: 'D' }],
    }
    using folder = temporaryFolder({
      'sluice.json': JSON.stringify(config),
      '.env': `OWN_BASE_URL=${proxy.url}\nHTTP_PROXY=${proxy.url}\n`,
    })
    const ran = await command(['serve', '--port', '0'], { folder: folder.path })
    expect(ran.code).toBe(2)
    expect(ran.stderr).toContain('the environment variable OWN_BASE_URL is not set')
  })
})
