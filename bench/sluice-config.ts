import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const detectionKey = 'detect_live_benchbenchbenchbenchbenchbenchbench0'

const app = 'ac_bench0000000'
const keys = [{ app, name: 'bench', hash: `sha256:${createHash('sha256').update(detectionKey).digest('hex')}` }]

/** Writes `sluice.json` into a folder and returns its path. Records are kept in the default store in both cases. */
export function writeSluiceConfig(folder: string, upstream: string, everything: boolean): string {
  const adapter = { use: '@sluice/adapter-openai', options: { baseUrl: `${upstream}/v1` } }
  const config = {
    store: { use: '@sluice/store-sqlite', options: { path: join(folder, 'sluice.db') } },
    plugins: everything ? [adapter, ...detectors, toolFilter] : [adapter],
    apps: [{ id: app, name: 'Bench', ...(everything ? { policies: policies.map((policy) => policy.id) } : {}) }],
    ...(everything ? { policies } : {}),
    keys,
    log: { level: 'warn' },
  }
  const file = join(folder, 'sluice.json')
  writeFileSync(file, JSON.stringify(config, null, 2))
  return file
}

const detectors = [
  { use: '@sluice/detector-secrets' },
  { use: '@sluice/detector-pii' },
  { use: '@sluice/detector-prompt-injection' },
  { use: '@sluice/detector-tool-abuse' },
  { use: '@sluice/detector-exfiltration' },
  { use: '@sluice/detector-leakage' },
  {
    use: '@sluice/detector-custom',
    options: {
      words: [{ list: ['Project Nightjar', 'Project Heron'], type: 'CUSTOM_PROJECT_NAME', severity: 'HIGH' }],
    },
  },
]

const toolFilter = {
  use: '@sluice/tool-filter-rules',
  options: { deny: ['shell_*', 'delete_*'], denyCapabilities: ['SHELL_EXECUTION'] },
}

const policies = [
  {
    id: 'no-credentials-out',
    match: { types: ['CREDENTIALS_*'], lifecycle: ['INGRESS'], minSeverity: 'HIGH' },
    action: 'BLOCK',
  },
  { id: 'no-cards', match: { types: ['FINANCIAL_*', 'PII_SSN', 'CUSTOM_*'] }, action: 'BLOCK' },
]
