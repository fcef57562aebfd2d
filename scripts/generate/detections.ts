import { createPlugins } from '../../apps/gateway/src/plugins/create-all.ts'
import { loadPlugins } from '../../apps/gateway/src/plugins/load.ts'
import { type DetectionTypeSpec, ownDetectionTypes } from '../../packages/core/src/index.ts'
import { packagesIn, quiet, root } from './packages.ts'

/** Options of detectors that cannot do without, and whose types do not hang on them. */
const needed: Readonly<Record<string, { readonly options: object }>> = {
  '@sluice/detector-flows': { options: { flows: [{ name: 'any', from: 'tool-result', to: 'tool-call' }] } },
}

/** Every type our detectors report with their default options, and the gateway's own, as tables. */
export async function detectionsPage(): Promise<string> {
  const sections: string[] = []
  for (const name of packagesIn('plugins', 'detector-')) {
    const loaded = await loadPlugins({ plugins: [{ use: name, ...needed[name] }] }, root)
    const context = { folder: root, log: quiet, signal: new AbortController().signal, access: 'read-only' as const }
    const created = await createPlugins(loaded.plugins, context)
    const problems = [...loaded.problems, ...created.problems]
    // A detector that cannot do without options takes its types from them.
    if (problems.some(({ code }) => code === 'SLUICE_PLUGIN_OPTIONS_INVALID')) {
      sections.push(`## \`${name}\`\n\nIts types are those its options declare.`)
      await created.close()
      continue
    }
    const [problem] = problems
    if (problem !== undefined) throw new Error(`${name}: ${problem.message}`)
    for (const { plugin, kind, instance } of created.all) {
      if (kind !== 'detector') throw new Error(`${name} is no detector`)
      sections.push(`## \`${name}\`\n\n${plugin.definition.meta.description}.\n\n${table(instance.types)}`)
    }
    await created.close()
  }
  sections.push(`## The gateway itself\n\n${table(ownDetectionTypes)}`)
  return sections.join('\n\n')
}

function table(types: Readonly<Record<string, DetectionTypeSpec>>): string {
  const rows = Object.entries(types).map(
    ([type, { severity, riskDomain, riskCategory, dataClassification, message }]) =>
      `| \`${type}\` | ${severity} | \`${riskCategory}\` | ${riskDomain} | ${dataClassification} | ${message} |`,
  )
  const head = '| type | severity | risk category | risk domain | data | what was found |\n|---|---|---|---|---|---|'
  return [head, ...rows].join('\n')
}
