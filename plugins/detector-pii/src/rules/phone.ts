import { charSet, type PatternRule } from '@sluice/detect'
import { numberGate } from '../number-gate.ts'
import type { PiiType } from '../types.ts'

const extension = '(?:[ ,]{0,2}(?:x|ext\\.?|#)[ ]?\\d{1,6})?'
const end = '(?![\\dA-Za-z_]|[-./:]\\d)'

const phone: Omit<PatternRule<PiiType>, 'name' | 'confidence' | 'pattern'> = {
  type: 'PII_PHONE',
  anchor: { type: 'gate', gate: numberGate },
  boundary: charSet('A-Za-z0-9_.\\-/#'),
  length: 48,
  stop: /[^\d ().\-/:,xet#]/,
}

/** ITU-T E.164 and E.123, the North American Numbering Plan, and how numbers are written in Europe. Never bare digits. */
export const phoneRules: readonly PatternRule<PiiType>[] = [
  {
    ...phone,
    name: 'phone-international',
    confidence: 0.85,
    head: { chars: charSet('+('), min: 1, max: 2 },
    pattern: new RegExp(`\\d{1,3}\\)?[ .-]?(?:\\(\\d{1,5}\\)[ .-]?)?\\d{1,5}(?:[ .-]?\\d{1,5}){1,5}${extension}${end}`),
    accept: ({ value }) => {
      const digits = value.replace(/(?:x|ext|#).*$/, '').replace(/\D/g, '')
      return value.includes('+') && digits.length >= 8 && digits.length <= 15
    },
  },
  {
    ...phone,
    name: 'phone-north-american',
    confidence: 0.75,
    head: { chars: charSet('('), min: 0, max: 1 },
    pattern: new RegExp(
      `(?:(?:00)?1[ .-]\\(?)?\\d{3}(?:\\)[ .-]?|(?<mark>[ .-]))\\d{3}(?:\\k<mark>|[ .-])\\d{4}${extension}${end}`,
    ),
    accept: ({ value }) => {
      const digits = value
        .replace(/(?:x|ext|#).*$/, '')
        .replace(/\D/g, '')
        .slice(-10)
      if (/^(\d)\1+$/.test(digits) || value.includes('(') !== value.includes(')')) return false
      // Area and exchange codes begin with 2 to 9; what is written like one and is none may be another country's.
      return /^[2-9]\d\d[2-9]/.test(digits) || { confidence: 0.55 }
    },
  },
  {
    ...phone,
    name: 'phone-european',
    confidence: 0.65,
    head: { chars: charSet('('), min: 0, max: 1 },
    pattern: new RegExp(
      `(?:0\\d(?:[ .-]\\d{2}){4}|0\\d{2,3}(?: \\d{2,3}){3}|06-\\d{8}|0\\d{3}[ -]\\d{7}|0\\d{2,4}\\)?[ /-]\\d{3,4}[ -]\\d{3,5}|0\\d{2,4}[/]\\d{5,8}|00[1-9]\\d{0,2}[ -]\\d{1,4}(?:[ -]\\d{2,5}){2,4})${end}`,
    ),
    accept: ({ value }) => value.includes('(') === value.includes(')'),
  },
  {
    ...phone,
    name: 'phone-bracketed-area',
    confidence: 0.6,
    head: { chars: charSet('('), min: 1, max: 1 },
    pattern: new RegExp(`\\d{2,5}\\) ?\\d{3,4}[ -]\\d{3,4}${extension}${end}`),
  },
  {
    ...phone,
    name: 'phone-in-context',
    confidence: 0.7,
    context: 32,
    head: { chars: charSet('('), min: 0, max: 1 },
    pattern: new RegExp(`\\d{2,5}\\)?(?:[ .-]?\\d{1,5}){1,5}${end}`),
    accept: ({ value, before }) => {
      const digits = value.replace(/\D/g, '').length
      return digits >= 7 && digits <= 13 && namesPhone.test(before) && !/^(?:19|20)\d\d[-.]\d\d[-.]\d\d/.test(value)
    },
  },
]

const namesPhone =
  /\b(?:tele?phone|phone|tel|mobile|cell(?:phone)?|fax|whatsapp|call|dial|handy|telefon)\b[^\d\n]{0,20}$/i
