import type { Word, WordPart } from 'unbash'
import { expandBraces } from './expand-braces.ts'
import type { Variables } from './variables.ts'

/** What a shell would make of a word, as far as the text tells: what is not known stays as it is written. */
export function expandWord(word: Word, variables: Variables): readonly string[] {
  const { parts } = word
  if (parts === undefined) return [word.value]
  let text = ''
  let splits = false
  for (const part of parts) {
    const value = meaningOf(part, variables)
    splits ||= isExpansion(part) && /\s/.test(value)
    text += value
    if (text.length > 16_384) break
  }
  const words = parts.some(({ type }) => type === 'BraceExpansion') ? expandBraces(text) : [text]
  return (splits ? words.flatMap((each) => each.split(/\s+/)) : words).filter((each) => each !== '')
}

function isExpansion({ type }: WordPart): boolean {
  return type === 'SimpleExpansion' || type === 'ParameterExpansion' || type === 'CommandExpansion'
}

function meaningOf(part: WordPart, variables: Variables): string {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return part.value
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.map((inner) => meaningOf(inner, variables)).join('')
    case 'SimpleExpansion': {
      const name = part.text.slice(1)
      // Positional parameters of a text that was given none are empty.
      return variables.get(name) ?? (/^[@*1-9]$/.test(name) ? '' : part.text)
    }
    case 'ParameterExpansion': {
      const known = variables.get(part.parameter)
      const { operation } = part
      if (operation?.type === 'Default') return known ?? operation.operand.value
      if (operation?.type === 'Slice' && known !== undefined) {
        const from = Number(operation.offset.value)
        const length = Number(operation.length?.value ?? known.length)
        return known.slice(from).slice(0, length)
      }
      return known ?? (/^[@*1-9]$/.test(part.parameter) ? '' : part.text)
    }
    case 'CommandExpansion':
      return echoed(part.text) ?? part.text
    default:
      return part.text
  }
}

/** `$(echo rm)` is `rm`; an empty substitution is nothing. */
function echoed(text: string): string | undefined {
  const inner = /^(?:\$\(([^()]{0,256})\)|`([^`]{0,256})`)$/.exec(text)
  if (inner === null) return undefined
  const source = (inner[1] ?? inner[2] ?? '').trim()
  if (source === '') return ''
  const said = /^(?:echo|printf)(?: -[ne]+)? +(['"]?)([^'"|;&$`<>]{1,200})\1$/.exec(source)
  return said?.[2]
}
