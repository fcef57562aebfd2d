import type { DetectionTypeSpec } from '@sluice/core'
import type { CustomEntry, CustomOptions } from './options.ts'

/**
 * The types that the options name. The first entry of a type says what it is; a later one may differ in severity only, which
 * its findings then carry. Throws `RangeError` naming the entry that contradicts.
 */
export function customTypes(options: CustomOptions): Readonly<Record<string, DetectionTypeSpec>> {
  const types = new Map<string, { readonly spec: DetectionTypeSpec; readonly where: string }>()
  for (const [where, entry] of allEntries(options)) {
    const spec = specOf(entry)
    const first = types.get(entry.type)
    if (first === undefined) {
      types.set(entry.type, { spec, where })
      continue
    }
    for (const field of ['riskDomain', 'riskCategory', 'dataClassification', 'message'] as const) {
      if (entry[field] !== undefined && entry[field] !== first.spec[field]) {
        throw new RangeError(`${where}: ${entry.type} has another ${field} in ${first.where}`)
      }
    }
  }
  return Object.fromEntries([...types].map(([type, { spec }]) => [type, spec]))
}

export function* allEntries(options: CustomOptions): Generator<readonly [where: string, entry: CustomEntry]> {
  for (const [at, entry] of (options.words ?? []).entries()) yield [`words[${at}]`, entry]
  for (const [at, entry] of (options.patterns ?? []).entries()) yield [`patterns[${at}]`, entry]
  for (const [at, entry] of (options.exact ?? []).entries()) yield [`exact[${at}]`, entry]
}

function specOf(entry: CustomEntry): DetectionTypeSpec {
  return {
    message: entry.message ?? `Matches what the configuration calls ${entry.type}`,
    severity: entry.severity,
    riskDomain: entry.riskDomain ?? 'DATA_PROTECTION',
    riskCategory: entry.riskCategory ?? 'CUSTOM_MATCH',
    dataClassification: entry.dataClassification ?? 'NONE',
  }
}
