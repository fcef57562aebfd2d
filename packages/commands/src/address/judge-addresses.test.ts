import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { addressLiterals, judgeAddresses } from './index.ts'

const classesOf = (text: string) => judgeAddresses(text).map((deed) => deed.class)

const metadata = [
  'http://169.254.169.254/latest/meta-data/',
  'http://2852039166/',
  'http://0xa9fea9fe',
  'http://0251.0376.0251.0376/',
  'http://0xa9.254.169.254',
  'http://169.254.43518',
  'http://[::ffff:169.254.169.254]/',
  'http://[64:ff9b::a9fe:a9fe]/',
  'http://[fd00:ec2::254%25eth0]/',
  'http://①⑥⑨.②⑤④.①⑥⑨.②⑤④/',
  '①⑥⑨。②⑤④。①⑥⑨。②⑤④',
  'http://169.254.169.254./',
  'http://good.com@169.254.169.254/x',
  'http://good.com\\@169.254.169.254/',
  'http://metadata.google.internal./x',
  'curl 169.254.169.254',
  'next=http%3A%2F%2F169.254.169.254',
  'http://%31%36%39.254.169.254/',
  'kubernetes.default.svc',
  'http://100.100.100.200',
]
for (const text of metadata) test(`metadata: ${text}`, () => expect(classesOf(text)).toContain('network.metadata'))

const others = [
  ['http://127.1/', 'network.private'],
  ['http://0/', 'network.private'],
  ['http://[::]/', 'network.private'],
  ['http://192.168.1.1/admin', 'network.private'],
  ['http://0x7f000001:8080/', 'network.private'],
  ['http://127.0.0.1.nip.io', 'network.rebinding'],
  ['http://app-10-0-0-1.evil.com', 'network.rebinding'],
  ['http://lvh.me', 'network.rebinding'],
  ['file:///etc/passwd', 'network.file-url'],
  ['gopher://127.0.0.1:6379/_x', 'network.file-url'],
  ['jar:http://x!/', 'network.file-url'],
] as const
for (const [text, kind] of others) test(`${kind}: ${text}`, () => expect(classesOf(text)).toContain(kind))

const harmless = [
  'https://example.com/a',
  'see 1.2.3.4',
  'version 10.0.0',
  'index.js',
  'std::move',
  'file:../core',
  '12:30',
]
for (const text of harmless) test(`nothing: ${text}`, () => expect(judgeAddresses(text)).toEqual([]))

test('localhost is spoken of all the time: LOW', () => {
  expect(judgeAddresses('http://localhost:3000/x').map(({ severity }) => severity)).toEqual(['LOW'])
})

test('places are in the text, and what is found has a literal of the prefilter', () => {
  const parts = fc.constantFrom(...metadata, 'http://', '//', '@', '%', '%2e', '[', ']', ':', '127.1', '.', ' ', '①')
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('')
      const deeds = judgeAddresses(text)
      for (const { start, end } of deeds) expect(start >= 0 && start < end && end <= text.length).toBe(true)
      if (deeds.length > 0) expect(addressLiterals.some((literal) => text.toLowerCase().includes(literal))).toBe(true)
    }),
  )
})
