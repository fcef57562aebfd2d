import { describe, expect, test } from 'bun:test'
import { startUpstream } from '@sluice/testing'
import { command } from '../../harness/command.ts'
import { temporaryFolder } from '../../harness/folder.ts'
import { startSluice } from '../../harness/sluice.ts'

const id = 'ac_demo00000000'

interface Parts {
  readonly app?: string
  readonly policies?: readonly string[]
  /** Policies that it does not name. */
  readonly unnamed?: readonly string[]
}

/** A configuration whose one AppContext names each of `policies`. */
function config({ app = '', policies = [], unnamed = [] }: Parts): string {
  const names = policies.map((policy) => /id: (\w+)/.exec(policy)?.[1]).join(', ')
  return `plugins: [{ use: '@sluice/adapter-openai', id: openai }, { use: '@sluice/detector-pii' }, { use: '@sluice/detector-secrets' }]
apps: [{ id: ${id}, name: Demo, policies: [${names}]${app} }]
policies: [${[...policies, ...unnamed].join(', ')}]
`
}

async function warnings(text: string): Promise<string[]> {
  using folder = temporaryFolder({ 'sluice.yaml': text })
  const { code, stdout, stderr } = await command(['check'], { folder: folder.path })
  expect([code, stdout]).toEqual([0, ''])
  return stderr.split('\n').flatMap((line) => (line.startsWith('warning: ') ? [line.slice('warning: '.length)] : []))
}

const ingress = 'lifecycle: [INGRESS]'
/** What is configured, and how the one warning begins that names the rule. */
const cannot: Readonly<Record<string, readonly [Parts, begins: string]>> = {
  ...Object.fromEntries(
    ['REDACT', 'REDACT_AND_ALERT', 'BLOCK', 'QUARANTINE', 'TERMINATE'].map((action) => [
      `${action} of what an observed stream says`,
      [
        { policies: [`{ id: rule, match: { lifecycle: [EGRESS] }, action: ${action} }`] },
        `policy rule cannot ${action} in streamed responses of ${id}`,
      ] as const,
    ]),
  ),
  'a rule for both ways, on an observed stream': [
    { policies: ['{ id: rule, match: { types: [PII_EMAIL] }, action: REDACT }'] },
    `policy rule cannot REDACT in streamed responses of ${id}`,
  ],
  'a rule that nobody names': [{ unnamed: ['{ id: rule, match: {}, action: BLOCK }'] }, 'policy rule holds for nobody'],
  'trust below nothing': [
    { policies: [`{ id: rule, match: { ${ingress}, actor: { trustBelow: 0 } }, action: BLOCK }`] },
    'policy rule matches nobody',
  ],
  'models that the AppContext does not allow': [
    {
      policies: [`{ id: rule, match: { ${ingress}, models: ['gpt-4*'] }, action: BLOCK }`],
      app: ', allowedModels: [o3, o3-mini]',
    },
    `policy rule can match nothing in ${id}: none of its \`allowedModels\``,
  ],
  'types of a category that the AppContext leaves out': [
    {
      policies: [`{ id: rule, match: { ${ingress}, types: ['CREDENTIALS_*'] }, action: BLOCK }`],
      app: ', detectors: [PII_EXPOSURE]',
    },
    `policy rule can match nothing in ${id}: its \`detectors\` leave out`,
  ],
  'a type and a category that never come together': [
    { policies: [`{ id: rule, match: { ${ingress}, types: [PII_EMAIL], categories: [TOOL_MISUSE] }, action: BLOCK }`] },
    `policy rule can match nothing in ${id}: none of its detectors reports`,
  ],
  'a shape of blocked streams that is never given': [
    { app: ', blockStatus: 451, blockedStream: bare' },
    `\`blockedStream: bare\` of ${id} is never used`,
  ],
}

// https://github.com/agentgateway/agentgateway/issues/2956
describe('16 configuration that cannot act is accepted silently', () => {
  test.each(Object.entries(cannot))('%s: a warning that names it', async (_, [parts, begins]) => {
    const [first = '', ...more] = await warnings(config(parts))
    expect(first).toStartWith(begins)
    expect(more).toEqual([])
  })

  test('what can act is not warned of', async () => {
    const rules = [
      `{ id: a, match: { ${ingress} }, action: BLOCK }`,
      '{ id: b, match: { lifecycle: [EGRESS] }, action: LOG }',
      '{ id: c, match: {}, action: TERMINATE, mode: shadow }',
      `{ id: d, match: { ${ingress}, models: ['gpt-4*'], actor: { trustBelow: 1 } }, action: BLOCK }`,
      `{ id: e, match: { ${ingress}, types: ['TOOL_*'], endpoints: ['/v1/chat/*'] }, action: BLOCK }`,
    ]
    expect(await warnings(config({ policies: rules, app: ', allowedModels: [o3, gpt-4o]' }))).toEqual([])
  })

  test('one warning for each AppContext that a rule cannot act in, at the start too', async () => {
    await using upstream = await startUpstream()
    await using sluice = await startSluice({
      upstream: upstream.url,
      apps: { one: { policies: ['mask'] }, other: { policies: ['mask'] }, none: {} },
      config: { policies: [{ id: 'mask', match: { lifecycle: ['EGRESS'] }, action: 'REDACT' }] },
    })
    const lines = sluice.log.filter((line) => line.includes('policy mask cannot REDACT'))
    expect(lines.map((line) => JSON.parse(line).level)).toEqual(['warn', 'warn'])
    for (const app of ['one', 'other']) expect(lines.some((line) => line.includes(sluice.appId(app)))).toBe(true)
  })
})
