import { type Carrier, type Evidence, evidenceOf, type Syntax } from './evidence.ts'
import type { HostTest } from './hosts.ts'
import { isLoot, type NameRoles, rolesOf } from './names.ts'
import { fieldsOf, partsOf, type UrlParts, unescaped } from './parts.ts'

/** URLs within URLs are judged so deep. */
const deepest = 3

/** What shows that a URL carries data out; none: nothing does. */
export function judgeUrl(url: string, syntax: Syntax, isAllowed: HostTest, depth = 0): Evidence | undefined {
  const parts = partsOf(url)
  if (parts === undefined || isAllowed(parts.host)) return undefined
  let best: Evidence | undefined
  for (const carrier of carriersOf(parts)) {
    const inner = innerUrl(carrier.value)
    const found =
      inner === undefined
        ? evidenceOf(carrier, syntax)
        : depth < deepest
          ? judgeUrl(inner, syntax, isAllowed, depth + 1)
          : undefined
    if (found !== undefined && found.confidence > (best?.confidence ?? 0)) best = found
  }
  return best ?? awaiting(parts, syntax)
}

const noRoles = rolesOf('')
const lootRoles = rolesOf('loot')
/** What is said of how a picture looks. */
const looks =
  /^(?:label|colou?r|style|theme|logo|logo_?colou?r|label_?colou?r|font|font_?size|bg|background|size|title_?bg|count_?bg|custom_title|animation)$/i
const prosePath =
  /(?:^|\/)(?:search|find|results|share|sharer(?:\.php)?|sharing|intent|compose|submit|issues\/new|discussions\/new|new|clone|deploy|maps?|translate|oauth2?|authorize|login|signin|w\/index\.php|edit|playground|repl|play|mail)(?:[/.]|$)/i

function* carriersOf({ userinfo, host, path, query, fragment }: UrlParts): Generator<Carrier> {
  const takesProse =
    prosePath.test(path) || /^(?:search|maps?|translate|wa|play|playground|repl|sandbox|try)\./i.test(host)
  const isDrawn = query.filter(({ name }) => looks.test(name)).length >= 2
  for (const { name, value } of query) {
    if (value !== '')
      yield { where: 'query', value: value.replace(/\+/g, ' '), roles: rolesOf(name), takesProse, isDrawn }
    if (name.length >= 12 || value === '') yield { where: 'query', value: name, roles: noRoles, takesProse }
  }
  yield* pathCarriers(path, takesProse)
  // Text cut into pieces that are no encoding each.
  if (query.length > 1) {
    yield { where: 'query', value: query.map(({ value }) => value).join(''), roles: noRoles, takesProse, joined: true }
  }
  const labels = host.split('.')
  const own = labels.slice(0, -2)
  for (const value of own) if (value.length >= 8) yield { where: 'host', value, roles: noRoles, takesProse }
  if (own.length > 1) {
    for (const glue of ['', '-'])
      yield { where: 'host', value: own.join(glue), roles: noRoles, takesProse, joined: true }
  }
  if (userinfo !== '') {
    for (const value of userinfo.split(':')) yield { where: 'userinfo', value, roles: noRoles, takesProse }
  }
  if (fragment === '' || fragment.startsWith(':~:')) return
  for (const { name, value } of fieldsOf(fragment)) {
    const carried = value === '' ? name : value
    yield { where: 'fragment', value: carried, roles: value === '' ? noRoles : rolesOf(name), takesProse }
  }
}

function* pathCarriers(path: string, takesProse: boolean): Generator<Carrier> {
  const segments = path.split(/[\\/]+/, 64)
  let roles: NameRoles = noRoles
  for (const value of segments) {
    if (value.length >= 6) yield { where: 'path', value, roles, takesProse }
    if (isLoot(value)) roles = lootRoles
  }
  // As above; the first segments may be no part of it.
  if (segments.length < 3) return
  for (const from of [1, 2, 3]) {
    const value = segments.slice(from, from + 16).join('')
    if (value.length >= 20) yield { where: 'path', value, roles: noRoles, takesProse, joined: true }
  }
}

function innerUrl(value: string): string | undefined {
  const text = unescaped(unescaped(value))
  return /^(?:https?:)?\/\/[^/]/i.test(text) ? text : undefined
}

/** `?q=` with nothing behind it, as a template has it: somebody is to append. Pictures have no use for that. */
function awaiting({ query }: UrlParts, syntax: Syntax): Evidence | undefined {
  const last = query.at(-1)
  if (syntax !== 'image' || last === undefined || last.value !== '') return undefined
  const roles = rolesOf(last.name)
  return roles.stolen || (roles.data && !roles.signing) ? { kind: 'hole', confidence: 0.55 } : undefined
}
