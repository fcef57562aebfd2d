import { existsSync, readFileSync } from 'node:fs'
import type { Entry } from './corpora.ts'
import { randomFrom } from './random.ts'

/**
 * A case of our own. In `text`, `{{A-Z0-9:16}}` stands for so many characters of that class, by chance and the same every
 * time: nothing that looks like a live credential stands in the repository. `[[EMAIL_ADDRESS:a@b.example]]` marks a span.
 */
interface OwnCase {
  readonly text: string
  readonly label: 0 | 1
  readonly kind: string
}

/** Our own cases that stand in for a corpus, or are one; none where we have none. */
export function ownCorpus(name: string): readonly Entry[] {
  const file = new URL(`./fixtures/${name}.json`, import.meta.url)
  if (!existsSync(file)) return []
  // Written beside this file; its tests read all of it.
  const cases = JSON.parse(readFileSync(file, 'utf8')) as readonly OwnCase[]
  return cases.map(({ text, label, kind }, index) => {
    const id = `own-${name}-${index}`
    return { id, label, kind, source: 'own', ...unmarked(filled(text, id)) }
  })
}

function filled(template: string, seed: string): string {
  const random = randomFrom(seed)
  return template.replace(/\{\{([^}:]+):(\d+)\}\}/g, (_, characters: string, count: string) => {
    const all = classOf(characters)
    return Array.from({ length: Number(count) }, () => all.charAt(Math.floor(random() * all.length))).join('')
  })
}

/** The characters of `a-f0-9_`. */
function classOf(description: string): string {
  return description.replace(/(\w)-(\w)/g, (_, from: string, to: string) => {
    const first = from.charCodeAt(0)
    return Array.from({ length: to.charCodeAt(0) - first + 1 }, (_, index) => String.fromCharCode(first + index)).join(
      '',
    )
  })
}

function unmarked(marked: string): Pick<Entry, 'text' | 'spans'> {
  const spans: { type: string; start: number; end: number }[] = []
  let text = ''
  let at = 0
  for (const match of marked.matchAll(/\[\[([A-Z_]+):(.+?)\]\]/g)) {
    const [whole, type = '', value = ''] = match
    text += marked.slice(at, match.index)
    // Our own sentences have no characters beyond the first plane, so code points and units are the same.
    spans.push({ type, start: text.length, end: text.length + value.length })
    text += value
    at = match.index + whole.length
  }
  return { text: text + marked.slice(at), ...(spans.length === 0 ? {} : { spans }) }
}
