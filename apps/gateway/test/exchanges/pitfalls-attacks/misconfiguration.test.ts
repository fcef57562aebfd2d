import { describe, expect, test } from 'bun:test'
import { command } from '../../harness/command.ts'
import { temporaryFolder } from '../../harness/folder.ts'

const app = `{ id: ac_demo00000000, name: Demo, policies: [p] }`
const pii = `{ use: '@sluice/detector-pii' }`
const config = (parts: { adapter?: string; app?: string; policy?: string; more?: string }) => `${parts.more ?? ''}
plugins: [{ use: '@sluice/adapter-openai'${parts.adapter ?? ''} }, ${pii}]
apps: [${parts.app ?? app}]
policies: [${parts.policy ?? '{ id: p, match: { types: [PII_EMAIL] }, action: BLOCK }'}]
`
const policy = (match: string) => config({ policy: `{ id: p, match: { ${match} }, action: BLOCK }` })
const baseUrl = (url: string, more = '') => config({ adapter: `, options: { baseUrl: '${url}'${more} }` })

const wrong: Readonly<Record<string, readonly [text: string, says: string]>> = {
  'a pattern that matches no known type': [policy('types: [PII_EMIAL]'), 'did you mean "PII_EMAIL"'],
  'a glob that matches none': [policy('types: ["SECRETS_*"]'), 'matches no type of any configured detector'],
  'one of several patterns': [policy('types: [PII_EMAIL, PII_NOTHING]'), 'types[1]'],
  'a type in lower case': [policy('types: [pii_email]'), 'policies[0].match.types[0]'],
  'a category that nobody has': [policy('categories: [NOTHING]'), 'policies[0].match.categories[0]'],
  'an endpoint that nobody has': [policy('endpoints: [/v1/chat]'), 'policies[0].match.endpoints[0]'],
  'a lifecycle in lower case': [policy('lifecycle: [egress]'), 'policies[0].match.lifecycle[0]'],
  'an action that is none': [config({ policy: '{ id: p, match: {}, action: DENY }' }), 'policies[0].action'],
  'a misspelled member of a rule': [config({ policy: '{ id: p, matches: {}, action: BLOCK }' }), 'policies[0]'],
  'a policy that is not there': [config({ app: '{ id: ac_demo00000000, name: D, policies: [q] }' }), 'no policy "q"'],
  'a list of models that is empty': [
    config({ app: '{ id: ac_demo00000000, name: D, allowedModels: [] }' }),
    'apps[0].allowedModels',
  ],
  'a list of detectors that is empty': [
    config({ app: '{ id: ac_demo00000000, name: D, detectors: [] }' }),
    'apps[0].detectors',
  ],
  'a risk category that nobody detects': [
    config({ app: '{ id: ac_demo00000000, name: D, detectors: [PII] }' }),
    'apps[0].detectors[0]',
  ],
  'a YAML alias': [config({ more: 'log: &l { level: info }\nserver: *l' }), 'YAML aliases are not taken'],
  'a YAML merge of an alias': [config({ more: 'limits: &l { maxDepth: 9 }\ntimeouts: { <<: *l }' }), 'aliases'],
  'a YAML key twice': [config({ more: 'apps: []' }), 'Map keys must be unique'],
  'a YAML tag': [config({ more: 'log: !!js/function x' }), 'Unresolved tag'],
  'http off this machine': [baseUrl('http://provider.example/v1'), 'must be https'],
  'http to a private address': [baseUrl('http://10.0.0.1/v1'), 'must be https'],
  'http to a name that only looks like this machine': [baseUrl('http://localhost.evil.example/v1'), 'must be https'],
  'a user name in the base URL': [baseUrl('https://user:secret-1@provider.example/v1'), 'no user name'],
  'a query in the base URL': [baseUrl('https://provider.example/v1?key=secret-1'), 'no query'],
  'no URL': [baseUrl('provider.example'), 'must be an http or https URL'],
  'a file URL': [baseUrl('file:///v1'), 'must be an http or https URL'],
}

// From the review of this design; kin of https://github.com/agentgateway/agentgateway/issues/2956.
describe('66 a misconfiguration is silent', () => {
  test.each(Object.entries(wrong))('%s is an error at load', async (_, [text, says]) => {
    using folder = temporaryFolder({ 'sluice.yaml': text })
    const { code, stdout, stderr } = await command(['check'], { folder: folder.path })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(says)
    expect(stderr).not.toContain('secret-1')
  })

  test('what is right is none, http to this machine among it', async () => {
    for (const text of [
      config({}),
      baseUrl('http://127.0.0.1:1/v1'),
      baseUrl('http://a.example/v1', ', allowInsecure: true'),
    ]) {
      using folder = temporaryFolder({ 'sluice.yaml': text })
      expect(await command(['check'], { folder: folder.path })).toMatchObject({ code: 0, stdout: '' })
    }
  }, 20_000)
})
