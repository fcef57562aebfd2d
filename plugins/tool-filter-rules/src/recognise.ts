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
  const known = tool.type === 'hosted' ? hostedCapabilities(tool.name) : undefined
  if (known !== undefined) return new Set(known)
  const words = toolWords(tool)
  if (words === undefined) return undefined
  return new Set(capabilities.filter((capability) => evidence(words, lexicons[capability]) >= threshold))
}
