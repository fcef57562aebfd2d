import { globs, type Policy } from '@sluice/core'
import type { Config } from './config.ts'
import type { AppOptions } from './schema.ts'

/** What is allowed but will not do all that it seems to say. Each names the rule and the AppContext. */
export function configWarnings(config: Config): string[] {
  return [...unnamed(config), ...config.policies.flatMap(ofNobody), ...config.apps.flatMap((app) => ofApp(app, config))]
}

function unnamed({ apps, policies }: Config): string[] {
  return policies
    .filter(({ id }) => !apps.some((app) => app.policies?.includes(id) === true))
    .map(({ id }) => `policy ${id} holds for nobody: no AppContext names it under \`policies\``)
}

function ofNobody({ id, match }: Policy): string[] {
  if (match.actor?.trustBelow !== 0) return []
  return [`policy ${id} matches nobody: \`trustBelow: 0\` asks for trust below the least there is`]
}

function ofApp(app: AppOptions, { policies }: Config): string[] {
  const warnings: string[] = []
  for (const id of app.policies ?? []) {
    const policy = policies.find((candidate) => candidate.id === id)
    if (policy === undefined) continue
    const models = globs(policy.match.models)
    if (models !== undefined && app.allowedModels !== undefined && !app.allowedModels.some(models)) {
      warnings.push(
        `policy ${id} can match nothing in ${app.id}: none of its \`allowedModels\` is one of the rule's \`models\``,
      )
    }
    if (changesStreams(policy)) {
      // Streams are observed: what has left cannot be taken back (SPEC 4).
      warnings.push(
        `policy ${id} cannot ${policy.action} in streamed responses of ${app.id}: \`streaming: observe\` forwards them as they come, and the rule is recorded and has its consequences afterwards`,
      )
    }
  }
  if (app.blockStatus === 451 && app.blockedStream === 'bare') {
    warnings.push(
      `\`blockedStream: bare\` of ${app.id} is never used: \`blockStatus: 451\` answers a blocked stream too`,
    )
  }
  return warnings
}

/** It would change or stop a response, were it not for streams. */
function changesStreams({ action, mode, match }: Policy): boolean {
  if (mode === 'shadow' || action === 'ALLOW' || action === 'LOG') return false
  return match.lifecycle?.includes('EGRESS') !== false
}
