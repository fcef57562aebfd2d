import { shannonEntropy, tokenChars } from '@sluice/detect'
import { type SecretRule, tokenEnd } from './secret-rule.ts'
import { looksTyped } from './typed.ts'

interface FormatOptions {
  readonly severity?: SecretRule['severity']
  readonly confidence?: number
  readonly type?: SecretRule['type']
  /** What every value has by chance: a digit among many letters. */
  readonly needs?: RegExp
  /** Further texts in which nothing is found. */
  readonly clean?: readonly string[]
}

/**
 * A vendor's format as one writes it down: `dop_v1_{hex:64}`, `{an:40-44}` for a range. What stands before the first brace is
 * the anchor. The pattern and the examples are made from it, so a format is one line and cannot disagree with its proof.
 */
export function format(
  name: string,
  title: string,
  templates: string | readonly string[],
  options: FormatOptions = {},
): SecretRule {
  const { severity, confidence = 0.95, type = 'CREDENTIALS_API_KEY', clean = [], needs } = options
  const formats = typeof templates === 'string' ? [templates] : templates
  const bodies = formats.map((one) => `${RegExp.escape(prefixOf(one))}${sourceOf(one.slice(prefixOf(one).length))}`)
  const literals = [...new Set(formats.map(prefixOf))]
  const longest = Math.max(...formats.map((one) => sizeOf(one).longest))
  const [first = ''] = formats
  return {
    name,
    title,
    type,
    confidence,
    ...(severity === undefined ? {} : { severity }),
    anchor: { type: formats.every(isLongToken) ? 'token' : 'literal', literals },
    // `live_` is a vendor's prefix only where it is no part of a longer one.
    boundary: tokenChars,
    pattern: new RegExp(`(?:${bodies.join('|')})${tokenEnd}`),
    // One more for the look-ahead.
    length: longest + 1,
    // What no format of this rule has in it ends a candidate.
    stop: new RegExp(`[^A-Za-z0-9_+/${RegExp.escape(formats.map((one) => one.replace(part, '')).join(''))}-]`),
    accept: ({ value }) =>
      shannonEntropy(value) >= (value.length < 28 ? 2.6 : 3) && !looksTyped(value) && needs?.test(value) !== false,
    examples: {
      found: formats.flatMap((one) => [`key: [[${exampleOf(one)}]] `, `{"k":"[[${exampleOf(one)}]]"}`]),
      clean: [`${prefixOf(first)}{an:4}`, `${prefixOf(first)}${'x'.repeat(40)}`, ...clean],
    },
  }
}

/** Units of the run that the token gate asks for. */
const tokenRun = 20
const part = /\{uuid\}|\{([a-z0-9]+):(\d+)(?:-(\d+))?\}/g
const uuid = '[a-f0-9]{8}-(?:[a-f0-9]{4}-){3}[a-f0-9]{12}'

const classes: Readonly<Record<string, string>> = {
  an: 'A-Za-z0-9',
  b64: 'A-Za-z0-9+/',
  url: 'A-Za-z0-9_-',
  letter: 'A-Za-z',
  upper: 'A-Z2-7',
  upan: 'A-Z0-9',
  lowan: 'a-z0-9',
  lower: 'a-z',
  digit: '0-9',
  hex: 'a-f0-9',
}

function prefixOf(template: string): string {
  return template.slice(0, template.indexOf('{'))
}

function sourceOf(template: string): string {
  let source = ''
  let at = 0
  for (const match of template.matchAll(part)) {
    const [whole, alphabet, least, most] = match
    source += RegExp.escape(template.slice(at, match.index))
    source +=
      alphabet === undefined ? uuid : `[${classes[alphabet] ?? ''}]{${least}${most === undefined ? '' : `,${most}`}}`
    at = match.index + whole.length
  }
  return source + (at === template.length ? '' : RegExp.escape(template.slice(at)))
}

function sizeOf(template: string): { readonly longest: number } {
  let longest = template.replace(part, '').length
  for (const [, alphabet, least = '', most = least] of template.matchAll(part)) {
    longest += alphabet === undefined ? 36 : Number(most)
  }
  return { longest }
}

/** Does the anchor, or what it leads into, begin a run as long as the token gate's? */
function isLongToken(template: string): boolean {
  const prefix = prefixOf(template)
  const shortest = exampleOf(template).replace(part, (_, alphabet, least) =>
    alphabet === undefined ? 'a'.repeat(36) : (alphabet === 'b64' ? '+' : 'a').repeat(Number(least)),
  )
  const leadsIn = !tokenChars.has(prefix.charCodeAt(prefix.length - 1))
  const run = /^[A-Za-z0-9_-]*/.exec(leadsIn ? shortest.slice(prefix.length) : shortest)?.[0] ?? ''
  return run.length >= tokenRun && prefix.length >= 2
}

function exampleOf(template: string): string {
  return template.replace(/:(\d+)-\d+\}/g, ':$1}')
}
