import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { isPublicUrl } from './public-url.ts'

const refused: Readonly<Record<string, readonly string[]>> = {
  loopback: ['http://127.0.0.1/', 'http://127.1', 'https://127.255.0.3:8443/a', 'http://[::1]/', 'http://0.0.0.0/'],
  'decimal, octal, hexadecimal, mixed': [
    'http://2130706433/',
    'http://017700000001/',
    'http://0x7f000001/',
    'http://0x7f.0.0x0.1/',
    'http://0251.0376.0251.0376/',
    'http://0/',
  ],
  'other digits and escapes': [
    'http://１２７.0.0.1/',
    'http://①②⑦.⓪.⓪.①/',
    'http://%31%32%37.0.0.1/',
    'http://127。0。0。1/',
  ],
  'private networks': ['http://10.0.0.1/', 'http://172.16.0.1/', 'http://172.31.255.255/', 'http://192.168.1.1/'],
  'carrier-grade NAT': ['http://100.64.0.1/', 'http://100.100.100.200/', 'http://100.127.255.255/'],
  'link-local and metadata': [
    'http://169.254.169.254/latest/meta-data/',
    'http://169.254.169.254./',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'http://168.63.129.16/machine',
    'http://192.0.0.192/opc/v2',
    'http://metadata.google.internal/',
    'http://metadata/',
  ],
  'addresses in others': [
    'http://[::ffff:169.254.169.254]/',
    'http://[::ffff:7f00:1]/',
    'http://[::127.0.0.1]/',
    'http://[::a9fe:a9fe]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://[64:ff9b:1::a00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[2001:0:7f00:1::]/',
    'http://[::ffff:0:127.0.0.1]/',
  ],
  'unique local, site-local, reserved': [
    'http://[fc00::1]/',
    'http://[fd12:3456::1]/',
    'http://[fec0::1]/',
    'http://[2001:db8::1]/',
    'http://[ff02::1]/',
    'http://[::]/',
    'http://240.0.0.1/',
    'http://255.255.255.255/',
    'http://224.0.0.1/',
    'http://198.18.0.1/',
  ],
  'names of one network': [
    'http://localhost/',
    'http://LOCALHOST./',
    'http://localhost。/',
    'http://a.localhost/',
    'http://printer.local/',
    'http://vault.corp.internal./',
    'http://db.prod.svc.cluster.local/',
    'http://db.prod.svc/',
    'http://router.home.arpa/',
    'http://intranet/',
    'http://redis:6379/',
    'http://a..example.com/',
  ],
  'user information': [
    'http://example.com@127.0.0.1/',
    'http://user:pass@example.com/',
    'http://@example.com/',
    'http://169.254.169.254#@example.com/',
    'http://example.com:80@169.254.169.254/',
  ],
  'what fetchers read in different ways': [
    'http:\\\\169.254.169.254\\',
    'http://example.com\\@169.254.169.254/',
    ' http://example.com/',
    'http://example.com/\n',
    'ht\ttp://example.com/',
    'http://exa\u00admple.com/',
    'http:/169.254.169.254/',
    'http:169.254.169.254',
    '//169.254.169.254/',
    '169.254.169.254/latest',
    'localhost:8080/admin',
    'http:///example.com/',
    'http://',
    '',
    'a picture of a cat',
  ],
  'other schemes': [
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_INFO',
    'ftp://example.com/a',
    'dict://127.0.0.1:11211/',
    's3://bucket/key',
    'gs://bucket/key',
    'javascript:alert(1)',
    'blob:http://example.com/1',
    'jar:http://example.com!/',
    'data:text/plain,a',
  ],
}

for (const [what, urls] of Object.entries(refused)) {
  describe(what, () => {
    test.each([...urls])('%j', (url) => expect(isPublicUrl(url)).toBe(false))
  })
}

describe('public', () => {
  test.each([
    'https://example.com/cat.png',
    'http://example.com',
    'HTTPS://EXAMPLE.COM:8443/a?b=c#d',
    'https://example.com./',
    'https://example.com/@user/x?y=user@example.com',
    'https://a_b.example.co.uk/',
    'https://müller.example.de/ä',
    'https://xn--mller-kva.de/',
    'http://8.8.8.8/',
    'http://172.32.0.1/',
    'http://100.128.0.1/',
    'http://[2606:4700:4700::1111]/',
    'https://localhost.example.com/',
    'https://internal.example.com/',
    'https://10.example.com/',
  ])('%j', (url) => expect(isPublicUrl(url)).toBe(true))
})

test('no IPv4 address is public in one spelling and not in another', () => {
  const property = fc.property(fc.nat({ max: 0xffffffff }), (number) => {
    const bytes = [24, 16, 8, 0].map((shift) => (number >>> shift) & 255)
    const dotted = bytes.join('.')
    const expected = ipaddr.IPv4.parse(dotted).range() === 'unicast' && dotted !== '168.63.129.16'
    const spellings = [
      dotted,
      String(number),
      `0x${number.toString(16)}`,
      `0${number.toString(8)}`,
      bytes.map((byte) => `0x${byte.toString(16)}`).join('.'),
      bytes.map((byte) => `0${byte.toString(8)}`).join('.'),
      `${bytes[0]}.${number & 0xffffff}`,
      `${dotted}.`,
    ]
    for (const spelling of spellings)
      expect([spelling, isPublicUrl(`http://${spelling}/`)]).toEqual([spelling, expected])
    expect(isPublicUrl(`http://[::ffff:${dotted}]/`)).toBe(false)
    expect(isPublicUrl(`http://[::${dotted}]/`)).toBe(false)
  })
  fc.assert(property, { seed: 20261126, numRuns: 500 })
})
