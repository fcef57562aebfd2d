import ipaddr from 'ipaddr.js'

export type HostKind = 'metadata' | 'loopback' | 'private' | 'rebinding' | 'public'

/** Where the clouds and clusters tell their machines who they are, and hand out credentials. */
const metadataAddresses: ReadonlySet<string> = new Set([
  '169.254.169.254', // AWS, Azure, Google, DigitalOcean, OpenStack, Oracle, Hetzner, …
  '169.254.170.2', // AWS ECS
  '169.254.170.23', // AWS EKS Pod Identity
  '169.254.42.42', // Scaleway
  '169.254.0.23', // Tencent
  '100.100.100.200', // Alibaba
  '192.0.0.192', // Oracle Classic
  '168.63.129.16', // Azure's platform
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
  'fd00:42::42',
  'fe80::a9fe:a9fe',
])

const metadataNames =
  /^(?:metadata|metadata\.google\.internal|metadata\.goog|metadata\.(?:azure\.internal|tencentyun\.com|platformequinix\.com|packet\.net|nic\.internal|udp\.ucloud\.cn|exoscale\.com)|instance-data(?:\.ec2\.internal|\.[a-z0-9-]+\.compute\.internal)?|rancher-metadata|kubernetes(?:\.default(?:\.svc(?:\.cluster\.local)?)?)?)$/

/** Names that lead to whatever address stands in them, or to this machine. */
const rebindingNames =
  /(?:^|\.)(?:nip\.io|sslip\.io|xip\.io|nip\.direct|backname\.io|localtest\.me|lvh\.me|vcap\.me|lacolhost\.com|yoogle\.com|fbi\.com|readme\.localtest\.me|localho\.st|local\.gd|localhost\.direct|fuf\.me|ulh\.us|rbndr\.us|rebind\.network|rebind\.it|rebind\.run|1u\.ms|ip6\.name|traefik\.me|loopback\.jp|bugbounty\.(?:click|dod)\.network|spoofed\.burpcollaborator\.net|make-[0-9a-z.-]+-rebind[0-9a-z.-]*)$/
const privateLabels = /(?:^|\.)(?:localdomain|local|internal|intranet|corp|lan|svc|consul|home\.arpa|in-addr\.arpa)$/
const embedded = /(?:^|[.-])(\d{1,3})[.-](\d{1,3})[.-](\d{1,3})[.-](\d{1,3})(?=[.-])/

/** What a host leads to, as far as its text tells. In the spelling of the URL standard, IPv6 without brackets. */
export function kindOfHost(host: string): HostKind {
  const name = host.replace(/\.$/, '').toLowerCase()
  if (name === '' || name.length > 254) return 'public'
  if (ipaddr.IPv4.isValidFourPartDecimal(name)) return kindOfIpv4(ipaddr.IPv4.parse(name))
  if (name.includes(':')) return ipaddr.IPv6.isValid(name) ? kindOfIpv6(ipaddr.IPv6.parse(name)) : 'public'
  if (name === 'localhost' || name.endsWith('.localhost') || /^ip6-(?:localhost|loopback)$/.test(name))
    return 'loopback'
  if (metadataNames.test(name)) return 'metadata'
  if (rebindingNames.test(name)) return 'rebinding'
  const [, ...parts] = embedded.exec(`${name}.`) ?? []
  if (parts.length === 4 && !name.endsWith('.arpa') && !name.endsWith('.internal')) {
    const address = parts.map(Number).join('.')
    if (ipaddr.IPv4.isValidFourPartDecimal(address)) {
      const kind = kindOfIpv4(ipaddr.IPv4.parse(address))
      if (kind === 'metadata' || kind === 'loopback' || kind === 'private') return 'rebinding'
    }
  }
  return privateLabels.test(name) ? 'private' : 'public'
}

function kindOfIpv4(address: ipaddr.IPv4): HostKind {
  if (metadataAddresses.has(address.toString())) return 'metadata'
  const range = address.range()
  if (range === 'loopback' || range === 'unspecified') return 'loopback'
  return range === 'private' || range === 'linkLocal' || range === 'carrierGradeNat' ? 'private' : 'public'
}

function kindOfIpv6(address: ipaddr.IPv6): HostKind {
  if (metadataAddresses.has(address.toString())) return 'metadata'
  const inner = ipv4Within(address)
  if (inner !== undefined) return kindOfIpv4(inner)
  const range = address.range()
  if (range === 'loopback' || range === 'unspecified') return 'loopback'
  return range === 'uniqueLocal' || range === 'linkLocal' ? 'private' : 'public'
}

/** Mapped (RFC 4291), translated (RFC 6052, 8215), 6to4 (RFC 3056), and the old compatible form. */
function ipv4Within(address: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  const parts = address.parts
  const at = (index: number) => parts[index] ?? 0
  const zero = (from: number, to: number) => parts.slice(from, to).every((part) => part === 0)
  const last = () => ipaddr.IPv4.parse([at(6) >> 8, at(6) & 255, at(7) >> 8, at(7) & 255].join('.'))
  if (zero(0, 5) && at(5) === 0xffff) return last()
  if (zero(0, 4) && at(4) === 0xffff && at(5) === 0) return last()
  if (at(0) === 0x64 && at(1) === 0xff9b) return last()
  if (at(0) === 0x2002) return ipaddr.IPv4.parse([at(1) >> 8, at(1) & 255, at(2) >> 8, at(2) & 255].join('.'))
  if (zero(0, 6) && at(6) !== 0) return last()
  return undefined
}
