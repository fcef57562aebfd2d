import ipaddr from 'ipaddr.js'

/**
 * Whether a URL leads, as far as its text tells, to a host of the public internet. False for anything but http and https,
 * and for what fetchers read in different ways: user information, backslashes, spaces, control characters, a missing
 * scheme. What a name resolves to cannot be known here: one that somebody lets resolve to a private address is public.
 */
export function isPublicUrl(text: string): boolean {
  if (!plain.test(text) || !URL.canParse(text)) return false
  // WHATWG parsing: decimal, octal, hexadecimal, short, percent-encoded and full-width addresses come out as one spelling.
  const { username, password, hostname } = new URL(text)
  if (username !== '' || password !== '') return false
  return hostname.startsWith('[') ? isPublicIpv6(hostname.slice(1, -1)) : isPublicHost(hostname)
}

/** The user information is looked for in the text too: an empty one (`http://@host`) shows nowhere else. */
const plain = /^https?:\/\/[^\s\\/?#@\p{C}]+(?:[/?#][^\s\\\p{C}]*)?$/iu
const name = /^(?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{0,62}\.?$/

/**
 * Last labels under which no public name stands: RFC 6761, 6762 (also its appendix G) and 8375, what networks use at
 * home and in clusters, and `internal`, which is reserved for them.
 */
const privateLabels: ReadonlySet<string> = new Set([
  ...['localhost', 'localdomain', 'local', 'internal', 'intranet', 'private', 'corp', 'home', 'lan'],
  ...['arpa', 'test', 'onion', 'svc', 'cluster', 'consul'],
])

/** The address of Azure's own services inside its virtual machines: the one of its kind in a public range. */
const platformAddress = '168.63.129.16'

function isPublicHost(hostname: string): boolean {
  if (ipaddr.IPv4.isValidFourPartDecimal(hostname)) {
    return ipaddr.IPv4.parse(hostname).range() === 'unicast' && hostname !== platformAddress
  }
  // A name of one label is looked up in a network's own domain.
  if (hostname.length > 254 || !name.test(hostname)) return false
  const labels = hostname.split('.').filter((label) => label !== '')
  return !privateLabels.has(labels.at(-1) ?? '')
}

function isPublicIpv6(address: string): boolean {
  if (!ipaddr.IPv6.isValid(address)) return false
  const parsed = ipaddr.IPv6.parse(address)
  // Global unicast is 2000::/3 (RFC 4291); `::127.0.0.1` is no range of the library's.
  const [first = 0] = parsed.parts
  return parsed.range() === 'unicast' && first >> 13 === 1
}
