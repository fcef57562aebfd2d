import fc from 'fast-check'

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

const unit: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...'abcXYZ01 _-:,{}[]~/"\\\n\t') },
  { weight: 2, arbitrary: fc.constantFrom('é', 'ſ', '你', '\u2028', '\u0000', '\ufeff') },
  { weight: 2, arbitrary: fc.constantFrom('😀', '𝒳') },
  { weight: 1, arbitrary: fc.constantFrom('\ud83d', '\ude00') },
)

function spell(text: string, way: number): string {
  const spelled = [...text].map((char, index) => {
    if ((way >> (index % 16)) % 2 === 1) {
      const digits = char.split('').map((half) => half.charCodeAt(0).toString(16).padStart(4, '0'))
      return digits.map((hex) => `\\u${index % 2 === 0 ? hex : hex.toUpperCase()}`).join('')
    }
    const short = SHORT[char]
    if (short !== undefined && char !== '/') return short
    // Lone surrogates cannot come out of UTF-8, so they are always escaped.
    return char < ' ' || !char.isWellFormed() ? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}` : char
  })
  return `"${spelled.join('')}"`
}

/** A string's value and one of its many spellings as a JSON literal. */
const literal: fc.Arbitrary<string> = fc
  .tuple(fc.array(unit, { maxLength: 12 }), fc.nat({ max: 0xffff }))
  .map(([units, way]) => spell(units.join(''), way))

/** No half of a surrogate pair: names with one are refused. */
const whole: fc.Arbitrary<string> = literal.filter((spelled) => (JSON.parse(spelled) as string).isWellFormed())

const name: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(fc.constantFrom('a', 'b', 'model', '__proto__', 'constructor', '', '0', '~1/'), fc.nat({ max: 0xff }))
    .map(([text, way]) => spell(text, way)),
  whole,
)

const space: fc.Arbitrary<string> = fc.constantFrom('', '', '', ' ', '\n', '\t\r\n  ')

const number: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('0', '-0', '1.0', '1e2', '1E+2', '-1.50e-3', '12345678901234567890', '1e400'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
)

function texts(key: (member: string) => unknown): fc.Arbitrary<string> {
  const { value } = fc.letrec<{ value: string; member: string }>((tie) => ({
    member: fc.tuple(name, space, space, tie('value')).map(([key, a, b, text]) => `${key}${a}:${b}${text}`),
    value: fc
      .tuple(
        space,
        fc.oneof(
          { maxDepth: 4, depthIdentifier: 'json' },
          fc.constantFrom('null', 'true', 'false'),
          number,
          literal,
          fc
            .array(tie('value'), { maxLength: 5, depthIdentifier: 'json' })
            .map((items) => `[${items.join(',') || ' '}]`),
          fc
            .uniqueArray(fc.tuple(space, tie('member'), space), {
              maxLength: 5,
              depthIdentifier: 'json',
              selector: ([, member]) => key(member),
            })
            .map((members) => `{${members.map((parts) => parts.join('')).join(',')}}`),
        ),
        space,
      )
      .map((parts) => parts.join('')),
  }))
  return value
}

/** JSON texts with unusual numbers, spacing, escapes and names, no name twice in one object. */
export const oddJson: fc.Arbitrary<string> = texts((member) => {
  // The name is all of the literal the member begins with.
  const [spelled = '""'] = /^"(?:[^"\\]|\\.)*"/.exec(member) ?? []
  return JSON.parse(spelled)
})

/** As `oddJson`, but a name may stand twice, in one spelling or in two. */
export const repeatingJson: fc.Arbitrary<string> = texts((member) => member)
