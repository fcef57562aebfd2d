import type { Config } from './config.ts'

/** What is allowed but will not do all that it seems to say. */
export function configWarnings(config: Config): string[] {
  const warnings: string[] = []
  for (const app of config.apps) {
    for (const id of app.policies ?? []) {
      const policy = config.policies.find((candidate) => candidate.id === id)
      if (policy === undefined || policy.mode === 'shadow') continue
      if (policy.action === 'ALLOW' || policy.action === 'LOG') continue
      if (policy.match.lifecycle?.includes('EGRESS') === false) continue
      // Streams are observed: what has left cannot be taken back (SPEC 4).
      warnings.push(
        `policy ${policy.id} cannot ${policy.action} in streamed responses of ${app.id}: \`streaming: observe\` forwards them as they come, and the rule is recorded and has its consequences afterwards`,
      )
    }
  }
  return warnings
}
