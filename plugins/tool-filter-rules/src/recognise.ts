import { type Capability, capabilities } from './capability.ts'
import { evidence, threshold } from './evidence.ts'
import { hostedCapabilities } from './hosted.ts'
import { lexicons } from './lexicons.ts'
import { type Judged, toolWords } from './tool-words.ts'

/**
 * What the tool lets a model do, by what its definition says. `undefined`: the definition is larger than any honest one
 * and was not read to its end.
 */
export function recognise(tool: Judged): ReadonlySet<Capability> | undefined {
  // A tool without a schema may be one that the provider has defined and the client runs: it says nothing but its name.
  const known = tool.type === 'function' ? undefined : hostedCapabilities(tool.name)
  if (known !== undefined && tool.type === 'hosted') return new Set(known)
  const words = toolWords(tool)
  if (words === undefined) return undefined
  const said = capabilities.filter((capability) => evidence(words, lexicons[capability]) >= threshold)
  return new Set([...(known ?? []), ...said])
}
