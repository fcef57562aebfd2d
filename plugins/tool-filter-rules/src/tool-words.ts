import type { ToolDefinition } from '@sluice/core'
import { schemaWords } from './schema-words.ts'
import { knownSentences, knownWords, wordsOf } from './words.ts'

/** The part of a definition that says what the tool does. */
export type Judged = Pick<ToolDefinition, 'type' | 'name' | 'description' | 'inputSchema'>

/** A definition as the rules read it. Words are known words: in their base form, empty where no rule knows them. */
export interface ToolWords {
  readonly name: readonly string[]
  /** All words of the name, joined by a space. */
  readonly wholeName: string
  /** As it stands. */
  readonly description: string
  readonly sentences: readonly (readonly string[])[]
  /** Names of the inputs, lower snake case. */
  readonly properties: ReadonlySet<string>
  /** Sentences of the descriptions of the inputs. */
  readonly hints: readonly (readonly string[])[]
  /** Values that inputs can take. */
  readonly values: readonly string[]
  /** Values that choose what the tool does. */
  readonly actions: readonly (readonly string[])[]
}

/** UTF-16 units of all descriptions and names together. */
const maxChars = 65_536
/** Different deeds that one tool can be told to do. */
const maxActions = 200

/** Undefined: larger than any honest definition. */
export function toolWords(tool: Judged): ToolWords | undefined {
  const { name, description = '' } = tool
  const schema = schemaWords(tool.inputSchema)
  const actions = [...new Set(schema.actions)]
  const hints = schema.descriptions.join('\n')
  const chars = name.length + description.length + hints.length + actions.join('').length
  if (!schema.complete || chars > maxChars || actions.length > maxActions) return undefined
  return {
    name: knownWords(name),
    wholeName: wordsOf(name).join(' '),
    description,
    sentences: knownSentences(description),
    properties: schema.properties,
    hints: knownSentences(hints),
    values: schema.values,
    actions: actions.map(knownWords),
  }
}
