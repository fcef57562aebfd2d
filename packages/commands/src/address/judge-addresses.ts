import type { Deed } from '../deed.ts'
import { unescapePercent } from '../percent.ts'
import { type HostKind, kindOfHost } from './host.ts'

/** Deeds of one text; more say nothing new. */
const most = 256
/** UTF-16 units of a host or of what stands before its `@`. */
const url = /(?<![a-z0-9+])([a-z][a-z0-9+.-]{1,15}):(?:\/{1,4}|\\{2,4}|\/\\)([^\s<>"'`{}|/?#]{0,300})/giu
const schemeless = /(?<![\p{L}\p{N}:/@.\\-])\/\/([^\s<>"'`{}|/?#]{1,300})/gu
/** Addresses and names without a scheme. */
const bare =
  /(?<![\p{L}\p{N}_.:/@%-])(?:\d{1,3}(?:\.\d{1,3}){3}|0[0-7]{1,4}(?:\.[0-9xa-f]{1,5}){3}|0x[0-9a-f]{2}(?:\.0x[0-9a-f]{1,2}){3}|0xa9fea9fe|2852039166|\[[0-9a-f:.%]{2,60}\]|fd00:ec2::254|fd20:ce::254|(?:[a-z0-9-]{1,63}\.){1,24}[a-z]{2,12})(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}])/giu
const wideDigits = /[\u2460-\u249b\u24ea\uff10-\uff19\u{1d7ce}-\u{1d7ff}\u2080-\u2089\u00b2\u00b3\u00b9\u2070-\u2079]/u
const metadataPath =
  /\/(?:latest|\d{4}-\d\d-\d\d)\/(?:meta-data|user-data|dynamic\/instance-identity|api\/token)|\/computemetadata\/v1|\/metadata\/(?:instance|identity|scheduledevents)|\/opc\/v[12]\/(?:instance|vnics|identity)|\/openstack\/[\w-]{1,12}\/meta_data|\/metadata\/v1(?:\.json|\/)|\/hetzner\/v1\/metadata/giu

/** Schemes with which a fetcher reads files or speaks to what is not the web. */
const schemes: ReadonlyMap<string, Deed['severity']> = new Map<string, Deed['severity']>([
  ['file', 'LOW'],
  ['gopher', 'HIGH'],
  ['dict', 'MEDIUM'],
  ['ldap', 'LOW'],
  ['ldaps', 'LOW'],
  ['rmi', 'MEDIUM'],
  ['netdoc', 'HIGH'],
  ['phar', 'HIGH'],
  ['php', 'HIGH'],
  ['expect', 'HIGH'],
  ['tftp', 'MEDIUM'],
])
const odd =
  /(?<![\w+.-])(?:jar:(?:https?|file|ftp):|netdoc:\/|phar:\/|local_file:\/|view-source:(?:file|http)|\$\{jndi:(?:ldaps?|rmi|dns|iiop|corba|nds):|url:file:\/|url:http)/giu
const sensitiveFile =
  /^\/*(?:localhost)?\/*(?:etc|proc|root|sys|dev|var\/run|run|windows|winnt|c[:|])|\/\.(?:ssh|aws|env|kube|git)/i

/** Where the addresses of a text lead that no model should have a fetcher go to. In order of start. */
export function judgeAddresses(text: string): readonly Deed[] {
  const deeds = new Map<string, Deed>()
  const found = (deed: Deed) => {
    const key = `${deed.class} ${deed.start}`
    const before = deeds.get(key)
    if (deeds.size < most && (before === undefined || before.confidence < deed.confidence)) deeds.set(key, deed)
  }
  judge(text, false, found)
  const plain = unescapePercent(text)
  if (plain !== undefined) {
    judge(plain.text, true, (deed) =>
      found({ ...deed, start: plain.from[deed.start] ?? 0, end: plain.from[deed.end] ?? text.length }),
    )
  }
  return [...deeds.values()].sort((one, other) => one.start - other.start || one.end - other.end)
}

function judge(text: string, escaped: boolean, found: (deed: Deed) => void): void {
  for (const { 0: whole, 1: scheme = '', 2: authority = '', index } of text.matchAll(url)) {
    const end = index + whole.length
    judgeScheme(text, scheme.toLowerCase(), index, end, found)
    judgeAuthority(authority, index, end, escaped, found)
  }
  for (const { 0: whole, 1: authority = '', index } of text.matchAll(schemeless)) {
    judgeAuthority(authority, index, index + whole.length, escaped, found, true)
  }
  for (const { 0: whole, index } of text.matchAll(odd)) {
    found(deed('network.file-url', 'HIGH', 0.8, 'odd-scheme', index, index + whole.length, 'pattern'))
  }
  for (const { 0: whole, index } of text.matchAll(metadataPath)) {
    found(deed('network.metadata', 'MEDIUM', 0.7, 'metadata-path', index, index + whole.length, 'pattern'))
  }
  if (wideDigits.test(text)) judgeWide(text, found)
  for (const { 0: whole, index } of text.matchAll(bare)) {
    const host = hostOf(whole)
    if (host === undefined) continue
    const kind = kindOfHost(host)
    // `this.internal`, `config.local`: a member of something, more often than a host.
    if (kind === 'private' && !/^[\d.]+$|:/.test(host)) continue
    const respelled = whole.replace(/^\[|\]$/g, '') !== host && /^[0\d[]/.test(whole)
    tell(
      kind,
      { start: index, end: index + whole.length, bare: true, disguised: respelled && !whole.startsWith('[') },
      found,
    )
  }
}

function judgeScheme(text: string, scheme: string, start: number, end: number, found: (deed: Deed) => void): void {
  const severity = schemes.get(scheme)
  if (severity === undefined) return
  const path = text.slice(start + scheme.length + 1, end + 80)
  const reads = scheme === 'file' && sensitiveFile.test(path)
  found(
    deed(
      'network.file-url',
      reads ? 'HIGH' : severity,
      reads ? 0.9 : severity === 'LOW' ? 0.4 : 0.8,
      `scheme-${scheme}`,
      start,
      end,
    ),
  )
}

/** What a parser takes for the host, by the standard and as careless ones do: the last `@` counts, or the first, or none. */
function judgeAuthority(
  authority: string,
  start: number,
  end: number,
  escaped: boolean,
  found: (deed: Deed) => void,
  bare = false,
): void {
  const readings =
    authority.includes('@') || authority.includes('\\') ? authority.split(/[@\\]/).slice(-8) : [authority]
  for (const reading of readings) {
    const written = reading
      .replace(/:\d{0,5}[.,;:)]{0,3}$/, (port) => (/^\[[^\]]*$/.test(reading) ? port : ''))
      .replace(/[.,;)]+$/, '')
    const host = hostOf(written)
    if (host === undefined) continue
    const kind = kindOfHost(host)
    const spelled = written.toLowerCase().replace(/^\[|\]$/g, '')
    const isAddress = /^[\d.]+$|:/.test(host)
    const disguised =
      (isAddress && !spelled.includes(':') && spelled !== host) ||
      (spelled.includes(':') && /ffff|64:ff9b|2002:|^::\d/.test(spelled)) ||
      (readings.length > 1 && /[a-z]\.[a-z]{2,}/i.test(readings[0] ?? '')) ||
      (escaped && /%/.test(written))
    tell(kind, { start, end, bare, disguised }, found)
  }
}

/** Digits that are digits only after normalisation: `①⑥⑨。②⑤④`. */
function judgeWide(text: string, found: (deed: Deed) => void): void {
  const wide = /[\p{N}.\u3002\uff0e\uff61]{7,60}/gu
  for (const { 0: whole, index } of text.matchAll(wide)) {
    if (!wideDigits.test(whole)) continue
    const host = hostOf(whole)
    if (host !== undefined)
      tell(kindOfHost(host), { start: index, end: index + whole.length, bare: false, disguised: true }, found)
  }
}

function tell(
  kind: HostKind,
  at: { readonly start: number; readonly end: number; readonly bare: boolean; readonly disguised: boolean },
  found: (deed: Deed) => void,
): void {
  const { start, end, bare, disguised } = at
  if (kind === 'metadata') {
    found(
      deed(
        'network.metadata',
        disguised ? 'CRITICAL' : 'HIGH',
        bare && !disguised ? 0.8 : 0.95,
        disguised ? 'metadata-disguised' : 'metadata',
        start,
        end,
      ),
    )
  } else if (kind === 'rebinding') {
    found(deed('network.rebinding', 'HIGH', bare ? 0.6 : 0.85, 'rebinding-name', start, end))
  } else if (kind !== 'public') {
    const rule = disguised ? `${kind}-disguised` : kind
    if (disguised) found(deed('network.private', 'HIGH', 0.9, rule, start, end))
    else if (kind === 'loopback') found(deed('network.private', 'LOW', bare ? 0.25 : 0.4, rule, start, end))
    else found(deed('network.private', bare ? 'LOW' : 'MEDIUM', bare ? 0.3 : 0.6, rule, start, end))
  }
}

/** In the spelling of the URL standard: decimal, octal, hexadecimal, short and full-width addresses come out as one. */
function hostOf(written: string): string | undefined {
  const text = written.startsWith('[') ? written.replace(/%[^\]]{0,30}\]/, ']') : written
  if (text === '' || !URL.canParse(`http://${text}`)) return undefined
  return new URL(`http://${text}`).hostname.replace(/^\[|\]$/g, '')
}

function deed(
  kind: Deed['class'],
  severity: Deed['severity'],
  confidence: number,
  rule: string,
  start: number,
  end: number,
  evidence: Deed['evidence'] = 'parser',
): Deed {
  return { class: kind, start, end, confidence, severity, rule, evidence }
}
