import type { Syntax } from './evidence.ts'

/** What ends a URL, which depends on what stands before it. */
export type UrlEnd = 'bracket' | 'paren' | 'css' | 'double' | 'single' | 'angle' | 'space' | 'quoted'

/** A definition may be a picture's or a link's: its use may come later. */
export type Usage = Syntax | 'definition'

export interface UrlPlace {
  readonly usage: Usage
  readonly end: UrlEnd
}

/** UTF-16 units before a URL that tell how it is used. */
export const placeContext = 256

const attribute = /([\w:.-]{2,40})\s{0,8}=\s{0,8}\{?\s{0,8}(["'`]?)\s{0,8}$/
const refresh =
  /(?:^|[\s"'])content\s{0,8}=\s{0,8}["']?\s{0,8}\d{0,6}\s{0,8}[;,]\s{0,8}(?:url\s{0,8}=\s{0,8})?(["']?)\s{0,8}$/i
const sourceSet = /srcset\s{0,8}=\s{0,8}\{?(["'])[^"'<>]{0,240}[\s,]$/i
const css = /(?:url\(|image-set\(|@import)\s{0,8}(["']?)\s{0,8}$/i
const definition = /(?:^|\n)[ >\t]{0,8}\[([^\]\n]{1,200})\]:\s{0,8}(<?)$/

/** BBCode, reStructuredText, AsciiDoc. */
const otherMarkup = /(?:\[(?:img|url)(?:[ =][^\]\n]{0,40})?\]|\bimage::?) {0,3}$/i

/** How the URL at `at` is used, if it is one at all. */
export function placeOf(text: string, at: number): UrlPlace | undefined {
  const before = text.slice(Math.max(0, at - placeContext), at)
  const relative = text.charCodeAt(at) === 0x2f
  return markdown(before) ?? styled(before) ?? attributed(before) ?? (relative ? undefined : plain(before))
}

function markdown(before: string): UrlPlace | undefined {
  const inline = /\]\(\s{0,8}(<?)$/.exec(before)
  if (inline !== null) {
    return { usage: bracketSyntax(before.slice(0, inline.index)), end: inline[1] === '<' ? 'angle' : 'paren' }
  }
  const other = otherMarkup.exec(before)
  if (other !== null) return { usage: /im(?:g|age)/i.test(other[0]) ? 'image' : 'link', end: 'bracket' }
  const defined = definition.exec(before)
  if (defined === null) return undefined
  const used = `[${defined[1]}]`
  const uses = before.slice(0, defined.index).split(used).slice(0, -1)
  const pictured = /!(?:\[[^\]]{0,200}\])?$/
  const usage = uses.length === 0 ? 'definition' : uses.some((text) => pictured.test(text)) ? 'image' : 'link'
  return { usage, end: defined[2] === '<' ? 'angle' : 'space' }
}

/** Whether the bracket that closes at the end of `before` was opened by `![`. Not seen opening: it may have been. */
function bracketSyntax(before: string): Syntax {
  let depth = 1
  for (let at = before.length - 1; at >= 0; at--) {
    const unit = before[at]
    if (before[at - 1] === '\\') continue
    if (unit === ']') depth++
    if (unit === '[' && --depth === 0) return before[at - 1] === '!' ? 'image' : 'link'
  }
  return 'image'
}

function styled(before: string): UrlPlace | undefined {
  const match = css.exec(before)
  if (match === null) return undefined
  return { usage: 'image', end: match[1] === '"' ? 'double' : match[1] === "'" ? 'single' : 'css' }
}

function attributed(before: string): UrlPlace | undefined {
  const refreshed = refresh.exec(before)
  if (refreshed !== null)
    return { usage: 'image', end: quoteEnd(refreshed[1] || /content\s{0,8}=\s{0,8}(["']?)/i.exec(before)?.[1]) }
  if (sourceSet.test(before)) return { usage: 'image', end: 'space' }
  const match = attribute.exec(before)
  if (match === null) return undefined
  const tag = /<([A-Za-z][\w:-]{0,20})\b[^<>]{0,250}$/.exec(before)?.[1]
  const syntax = attributeSyntax(match[1] ?? '', tag)
  if (syntax === undefined || (tag === undefined && match[2] === '')) return undefined
  return { usage: syntax, end: match[2] === '`' ? 'quoted' : quoteEnd(match[2]) }
}

function quoteEnd(quote: string | undefined): UrlEnd {
  return quote === '"' ? 'double' : quote === "'" ? 'single' : 'space'
}

const loading =
  /^(?:src|dynsrc|lowsrc|poster|background|imagesrcset|srcset|data|code|archive|manifest|(?:data|lazy)-?[\w-]*(?:src|srcset|bg|background|image|original|lazy|url)[\w-]*)$/
const clicked = /^(?:action|formaction|ping|cite|longdesc)$/

/** HTML: which attributes are loaded with the page, and which wait for a click. */
function attributeSyntax(name: string, tag: string | undefined): Syntax | undefined {
  const lower = name.toLowerCase()
  if (lower === 'href' || lower.endsWith(':href')) {
    return tag === undefined || /^(?:a|area|svg:a)$/i.test(tag) ? 'link' : 'image'
  }
  if (loading.test(lower)) return 'image'
  return clicked.test(lower) ? 'link' : undefined
}

/** A link as terminals have it (OSC 8). */
const hyperlink = /(?:\x1b\]|\x9d)8;[^;\x00-\x1f]{0,64};$/

const named = /(?:^|[\s"'`([{<>])[\p{L}\w*-]{0,40}[:=]$/u

/** Autolinks, and URLs that stand in text, in quotes, in calls. */
function plain(before: string): UrlPlace | undefined {
  const last = before.slice(-1)
  if (last === '<') return { usage: 'link', end: 'angle' }
  if (hyperlink.test(before)) return { usage: 'link', end: 'space' }
  if (/["'`]/.test(last)) return { usage: 'bare', end: 'quoted' }
  if (/[\w\-./?&%#+~@$!*\\]/.test(last)) return undefined
  // Behind a name; not a field of another URL.
  if (/[:=]/.test(last) && !named.test(before)) return undefined
  return { usage: 'bare', end: 'space' }
}
