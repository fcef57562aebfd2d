import type { ConfigOptions } from '../src/config/schema.ts'

/** The AppContext of the demonstration. */
export const app = 'ac_demo00000000'

/** What the demonstration runs with: two detectors, a tool filter, and a rule for each way. `hash`: of its key. */
export function demoConfiguration(provider: string, hash: string): ConfigOptions {
  return {
    plugins: [
      { use: '@sluice/adapter-openai', options: { baseUrl: `${provider}/v1` } },
      { use: '@sluice/detector-secrets' },
      { use: '@sluice/detector-pii' },
      { use: '@sluice/tool-filter-rules', options: { denyCapabilities: ['SHELL_EXECUTION'] } },
    ],
    policies: [
      { id: 'no-cards-out', match: { types: ['FINANCIAL_*'], lifecycle: ['INGRESS'] }, action: 'BLOCK' },
      { id: 'no-addresses-in', match: { types: ['PII_EMAIL'], lifecycle: ['EGRESS'] }, action: 'REDACT' },
    ],
    apps: [{ id: app, name: 'Demonstration', policies: ['no-cards-out', 'no-addresses-in'] }],
    keys: [{ app, name: 'demonstration', hash }],
  }
}
