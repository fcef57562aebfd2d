import type { Gate } from '@sluice/detect'

/** Units before `=` or `:` in which the name of what is assigned is looked for. */
export const nameLength = 64

/** Names that say that their value is secret, up to what may follow them: `DB_PASSWORD`, `apiKey`, `secret_key_base`. */
export const tellingName: RegExp =
  /(?:passw(?:or)?d|passphrase|passcode|passwort|contraseña|pwd|secret|token|creds?|credentials?|(?:api|access|auth|private|encryption|signing|master|account|app|client|service|storage|license|shared|session|admin|deploy|sdk|rest|consumer|user)[ _.-]?key|[a-z0-9]_key|[a-z]Key|[A-Z0-9]_KEY|authorization|bearer|auth)[\w.-]{0,16}$/i

/**
 * Reports `=`, `:`, `>` and `",` after a telling name: assignments in code, JSON, YAML, XML, environment files, headers and
 * query strings, and calls that take the name first.
 * Prose has few of either character, and in code most names end in a letter that no telling name has there.
 */
export const assignmentGate: Gate = {
  width: 2,
  context: nameLength + 8,
  scan(text, from, to, report) {
    let equals = text.indexOf('=', from)
    let colon = text.indexOf(':', from)
    let tag = text.indexOf('>', from)
    let comma = text.indexOf('",', from)
    for (;;) {
      const at = least(least(equals, colon), least(tag, comma))
      if (at === -1 || at >= to) return
      if (at === equals) equals = text.indexOf('=', at + 1)
      else if (at === colon) colon = text.indexOf(':', at + 1)
      else if (at === tag) tag = text.indexOf('>', at + 1)
      else comma = text.indexOf('",', at + 1)
      if (nameBefore(text, at) !== undefined) report(at)
    }
  },
}

/** The lesser of two positions, of which -1 is none. */
function least(a: number, b: number): number {
  return a === -1 || (b !== -1 && b < a) ? b : a
}

/** The name that is assigned to at `at`, when it is a telling one. */
export function nameBefore(text: string, at: number): string | undefined {
  let end = endOfName(text, at)
  // `var token string = "…"`, as in Go.
  if (text.endsWith(' string', end)) end -= 7
  if (end === 0 || !isNameUnit(text.charCodeAt(end - 1))) return undefined
  let start = end
  while (start > 0 && end - start < nameLength && isNameUnit(text.charCodeAt(start - 1))) start--
  if (end - start < 3) return undefined
  const name = text.slice(start, end)
  return tellingName.test(name) ? name : undefined
}

/** Steps back over spaces, quotes, brackets and the rest of the operator (`:=`, `?=`, `"] =`), 8 units at most. */
function endOfName(text: string, at: number): number {
  let end = at
  while (end > 0 && at - end < 8 && between.has(text.charCodeAt(end - 1))) end--
  return end
}

const between: ReadonlySet<number> = new Set([...' \t"\'`])\\:?+|.'].map((unit) => unit.charCodeAt(0)))

function isNameUnit(unit: number): boolean {
  return (
    (unit >= 0x61 && unit <= 0x7a) ||
    (unit >= 0x41 && unit <= 0x5a) ||
    (unit >= 0x30 && unit <= 0x39) ||
    unit === 0x5f ||
    unit === 0x2d ||
    unit === 0x2e
  )
}
