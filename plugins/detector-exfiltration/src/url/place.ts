import type { Syntax } from './evidence.ts'

/** What ends a URL, which depends on what stands before it. */
export type UrlEnd = 'paren' | 'css' | 'double' | 'single' | 'angle' | 'space' | 'quoted'

export interface UrlPlace {
  readonly syntax: Syntax
  readonly end: UrlEnd
}

/** UTF-16 units before a URL that tell how it is used. */
export const placeContext = 256

const attribute = /([\w:.-]{2,40})\s{0,8}=\s{0,8}\{?\s{0,8}(["'`]?)\s{0,8}$/
const refresh =
  /(?:^|[\s"'])content\s{0,8}=\s{0,8}["']?\s{0,8}\d{0,6}\s{0,8}[;,]\s{0,8}(?:url\s{0,8}=\s{0,8})?(["']?)\s{0,8}$/i
const sourceSet = /srcset\s{0,8}=\s{0,8}\{?(["'])[^"'<>]{0,240}[\s,]$/i
const css = /(?:url\(|@import)\s{0,8}(["']?)\s{0,8}$/i
const definition = /(?:^|\n)[ >\t]{0,8}\[([^\]\n]{1,200})\]:\s{0,8}(<?)$/

/** How the URL at `at` is used, if it is one at all. */
export function placeOf(text: string, at: number): UrlPlace | undefined {
  const before = text.slice(Math.max(0, at - placeContext), at)
  const relative = text.charCodeAt(at) === 0x2f
  return markdown(before) ?? styled(before) ?? attributed(before) ?? (relative ? undefined : plain(before))
}

function markdown(before: string): UrlPlace | undefined {
  const inline = /\]\(\s{0,8}(<?)$/.exec(before)
  if (inline !== null) {
    return { syntax: bracketSyntax(before.slice(0, inline.index)), end: inline[1] === '<' ? 'angle' : 'paren' }
  }
  const defined = definition.exec(before)
  if (defined === null) return undefined
  const used = `[${defined[1]}]`
  const uses = before.slice(0, defined.index).split(used).slice(0, -1)
  // A definition is a picture's unless it is seen to be a link's: use may come later.
  const linked = uses.length > 0 && uses.every((text) => !/!(?:\[[^\]]{0,200}\])?$/.test(text))
  return { syntax: linked ? 'link' : 'image', end: defined[2] === '<' ? 'angle' : 'space' }
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
  return { syntax: 'image', end: match[1] === '"' ? 'double' : match[1] === "'" ? 'single' : 'css' }
}

function attributed(before: string): UrlPlace | undefined {
  const refreshed = refresh.exec(before)
  if (refreshed !== null)
    return { syntax: 'image', end: quoteEnd(refreshed[1] || /content\s{0,8}=\s{0,8}(["']?)/i.exec(before)?.[1]) }
  if (sourceSet.test(before)) return { syntax: 'image', end: 'space' }
  const match = attribute.exec(before)
  if (match === null) return undefined
  const tag = /<([A-Za-z][\w:-]{0,20})\b[^<>]{0,250}$/.exec(before)?.[1]
  const syntax = attributeSyntax(match[1] ?? '', tag)
  if (syntax === undefined || (tag === undefined && match[2] === '')) return undefined
  return { syntax, end: match[2] === '`' ? 'quoted' : quoteEnd(match[2]) }
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
  if (last === '<') return { syntax: 'link', end: 'angle' }
  if (hyperlink.test(before)) return { syntax: 'link', end: 'space' }
  if (/["'`]/.test(last)) return { syntax: 'bare', end: 'quoted' }
  if (/[\w\-./?&%#+~@$!*\\]/.test(last)) return undefined
  // Behind a name; not a field of another URL.
  if (/[:=]/.test(last) && !named.test(before)) return undefined
  return { syntax: 'bare', end: 'space' }
}
