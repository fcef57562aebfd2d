import { identifier, type PiiRule, words } from '../identifier.ts'

export const frRules: readonly PiiRule[] = [
  identifier({
    // INSEE, numéro d'inscription au répertoire: 97 less the remainder; 2A and 2B are 19 and 18.
    name: 'fr-nir',
    type: 'PII_FR_NIR',
    region: 'FR',
    shapes: ['15', '1 ', '6a'],
    pattern: '[1-478] ?\\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\\d) ?(?:\\d{2}|2[AB]) ?\\d{3} ?\\d{3} ?\\d{2}',
    check: (value) => {
      const digits = value.replace('2A', '19').replace('2B', '18')
      return 97 - Number(BigInt(digits.slice(0, 13)) % 97n) === Number(digits.slice(13))
    },
    words: words('s[ée]curit[ée] sociale|num[ée]ro de s[ée]cu|carte vitale', 'NIR|INSEE|SS'),
    bare: 0.6,
  }),
]
