import { encodedText } from './decode.ts'
import type { NameRoles } from './names.ts'
import { isIdentifier, isOpaque, isOpaqueLabel } from './opaque.ts'
import { unescaped } from './parts.ts'
import { hasDataHole, hasTemplateHole } from './placeholder.ts'
import { holdsCredential, mostlyWords, namesPerson, proseWords, slugWords, tellsSecret } from './words.ts'

/** How a URL comes to be loaded: by itself, by a click, or by whoever reads it in plain text. */
export type Syntax = 'image' | 'link' | 'bare'

export type EvidenceKind =
  | 'credential'
  | 'encoded'
  | 'secret-told'
  | 'personal'
  | 'hole'
  | 'prose'
  | 'escaped'
  | 'named'
  | 'opaque'

export interface Evidence {
  readonly kind: EvidenceKind
  readonly confidence: number
}

/** One stretch of a URL that could carry something. */
export interface Carrier {
  readonly where: 'query' | 'path' | 'host' | 'userinfo' | 'fragment'
  readonly value: string
  readonly roles: NameRoles
  /** Searches, share buttons, forms that are filled in for the reader: prose is what they are for. */
  readonly takesProse: boolean
  /** A picture whose colours and fonts its URL says: a badge, a banner. Words are what it shows. */
  readonly isDrawn?: boolean
  /** Put together from pieces, which only shows an encoding that was cut. */
  readonly joined?: true
}

/** What shows that a stretch carries data; none: nothing does. The strongest first. */
export function evidenceOf(carrier: Carrier, syntax: Syntax): Evidence | undefined {
  const { roles, where } = carrier
  const text = unescaped(unescaped(carrier.value))
  if (text.length < 3 || /^data:image\//i.test(text)) return undefined
  const publicId = roles.signing && (roles.data ? /^AIza/ : /^A[KS]IA/).test(text)
  if (!carrier.joined && !publicId && holdsCredential(text)) return { kind: 'credential', confidence: 0.95 }
  if (tellsSecret(text) && (syntax !== 'bare' || proseWords(text) + slugWords(text) >= 3)) {
    return { kind: 'secret-told', confidence: 0.9 }
  }
  const hidden = encoded(carrier, text)
  if (hidden !== undefined) {
    const signed = roles.signing && !roles.data
    // Playgrounds keep their state there; a fragment is not sent.
    if (where === 'fragment' && /^[{[]/.test(hidden) && !reads(hidden)) return undefined
    if (reads(hidden) || !(signed || isAddress(hidden) || isPictureRequest(hidden))) {
      const short = hidden.length < 12
      return { kind: 'encoded', confidence: (short ? 0.75 : 0.93) - (syntax === 'bare' ? 0.1 : 0) }
    }
    return undefined
  }
  if (carrier.joined) return undefined
  if (needlesslyEscaped(carrier.value)) return { kind: 'escaped', confidence: 0.85 }
  if (mayNamePerson(carrier, syntax) && namesPerson(text)) return { kind: 'personal', confidence: 0.8 }
  const fills = syntax === 'image' || (syntax === 'link' && !carrier.takesProse)
  if (fills && where !== 'fragment' && hasDataHole(text, where === 'query' && roles.data)) {
    return { kind: 'hole', confidence: syntax === 'image' ? 0.85 : 0.7 }
  }
  if (syntax === 'bare' && where === 'query' && hasTemplateHole(text)) return { kind: 'hole', confidence: 0.6 }
  if (isProse(carrier, text, syntax)) return { kind: 'prose', confidence: syntax === 'image' ? 0.8 : 0.6 }
  if (syntax !== 'bare' && isContent(carrier, text, syntax))
    return { kind: 'named', confidence: syntax === 'image' ? 0.65 : 0.55 }
  if (syntax !== 'bare' && roles.stolen && text.length >= 3 && !/^(?:true|false|null|none|your|xxx)/i.test(text)) {
    return { kind: 'named', confidence: 0.7 }
  }
  return opaque(carrier, text, syntax)
}

/** Archives of mailing lists have addresses in their paths, and signatures name who signed. */
function mayNamePerson({ where, roles }: Carrier, syntax: Syntax): boolean {
  if (roles.signing && !roles.data) return false
  return syntax === 'image' ? where !== 'userinfo' : syntax === 'link' && where === 'query'
}

/** What of a value may be an encoding: all of it, or a file's name without its ending. */
function encoded({ value, roles }: Carrier, text: string): string | undefined {
  if (/^eyJ[\w-]{6,}\.eyJ[\w-]{6,}\.[\w-]*$/.test(text))
    return roles.signing ? undefined : encodedText(text.split('.')[1] ?? '')
  const stem = value.replace(/\.[A-Za-z]{2,5}\d?$/, '')
  for (const one of new Set([text, stem, text.replace(/ /g, '+')])) {
    const found = encodedText(one)
    if (found !== undefined) return found
  }
  return undefined
}

/** Ids as APIs write them: `Package-57089116`, `04:User1`. */
const globalId = /^(?:\d{1,3}:)?[A-Z][A-Za-z]{1,20}[-:_]?\d{1,20}$/

function isAddress(text: string): boolean {
  return (
    globalId.test(text) ||
    /^(?:https?:\/\/\S|\/\/?[\w.-]+\/|s3:\/\/|gs:\/\/|data:image\/|\w[\w.-]*\.\w{2,5}$)/i.test(text)
  )
}

/** What image services ask themselves for in base64 (`{"bucket":…,"key":…}`). */
function isPictureRequest(text: string): boolean {
  return /^\{"(?:bucket|key|edits|url|src|image|resize|width|_rails|w|h|id)"/.test(text)
}

function reads(text: string): boolean {
  return proseWords(text) >= 3 || tellsSecret(text) || namesPerson(text)
}

/** Letters and digits that need no escape, escaped all the same. */
function needlesslyEscaped(value: string): boolean {
  return (value.match(/%(?:3[0-9]|[46][1-9a-f]|[57][0-9a])/gi)?.length ?? 0) >= 6
}

function isProse({ where, roles, value, takesProse, isDrawn = false }: Carrier, text: string, syntax: Syntax): boolean {
  const words = proseWords(text)
  if (where === 'query') {
    const joined = roles.data && !roles.display ? slugWords(text) : 0
    if (syntax === 'image') {
      if (roles.stolen) return words >= 2 || joined >= 2
      if (roles.display || isDrawn) return words >= 8
      if ((text.match(/[^\P{L}\p{ASCII}]/gu)?.length ?? 0) >= 10) return true
      return roles.data ? words >= 3 || joined >= 4 : words >= 5
    }
    if (takesProse || roles.display || !mostlyWords(text)) return false
    if (syntax === 'link') return roles.stolen ? words >= 2 || joined >= 3 : roles.data ? words >= 4 : words >= 6
    return roles.data && words >= 4
  }
  if (syntax === 'bare') return false
  if (where === 'host') return slugWords(text) >= 5
  if (roles.stolen && syntax === 'image') return words + slugWords(text) >= 2
  if (where === 'fragment') return roles.data && words >= 4 && mostlyWords(text)
  // File names and titles of pages have words too.
  if (/\.[A-Za-z0-9]{2,5}$/.test(text)) return false
  return syntax === 'image' ? /%20|\+/.test(value) && words >= 6 : /%20/.test(value) && words >= 12
}

/** Something that a field named for content holds, or a password of a picture's. */
function isContent({ where, roles, isDrawn, takesProse }: Carrier, text: string, syntax: Syntax): boolean {
  if (where === 'userinfo') return syntax === 'image' && text.length >= 6
  if (where !== 'query' || !roles.content || roles.display || isDrawn) return false
  if (/^\d{12,19}$|^\d{4}-\d{2}-\d{2}$/.test(text)) return true
  if (syntax === 'image') return text.length >= 6 && /\p{L}{3}/u.test(text) && !isIdentifier(text)
  return !takesProse && (proseWords(text) >= 2 || slugWords(text) >= 3 || /^[{[]\s*["\w]/.test(text))
}

function opaque({ where, roles }: Carrier, text: string, syntax: Syntax): Evidence | undefined {
  const found: Evidence = { kind: 'opaque', confidence: 0.55 }
  const sized = /=(?:[a-z]\d*|[a-z]{1,3}\d+)(?:-[a-z0-9]+){0,6}$/.test(text)
  switch (where) {
    case 'host':
      return isOpaqueLabel(text, 33) ? found : undefined
    case 'userinfo':
      return syntax !== 'bare' && isOpaque(text, 24) ? found : undefined
    case 'fragment':
      return syntax === 'link' && roles.data && isOpaque(text, 40) ? found : undefined
    case 'path':
      return syntax === 'image' && !sized && isOpaque(text, 160) ? found : undefined
    case 'query': {
      if (syntax === 'bare') return roles.stolen && isOpaque(text, 32) ? found : undefined
      const least = roles.stolen ? 16 : roles.signing ? 800 : roles.data ? 24 : syntax === 'image' ? 100 : 400
      return isOpaque(text, least) ? { ...found, confidence: roles.data ? 0.65 : 0.5 } : undefined
    }
  }
}
