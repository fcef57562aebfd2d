import { charSet } from '@sluice/detect'
import { numberGate } from '../gates/number-gate.ts'
import type { PiiRule } from '../identifier.ts'
import { isAssigned } from './phone-plan.ts'

const extension = '(?:[ ,]{0,2}(?:x|ext\\.?|#)[ ]?\\d{1,6})?'
const end = '(?![\\dA-Za-z_]|[-./:]\\d)'

const phone: Omit<PiiRule, 'name' | 'confidence' | 'pattern'> = {
  type: 'PII_PHONE',
  evidence: 'pattern',
  anchor: { type: 'gate', gate: numberGate },
  boundary: charSet('A-Za-z0-9_.\\-/#'),
  length: 48,
  stop: /[^\d ().\-/:,xet#]/,
}

const namesPhone =
  /(?:tele?phone|phone|(?<![a-z])(?:tel|fax|mobile|cell|dial|call|ring|reach|answering|handy|telefon|whatsapp|hotline)(?![a-z]))[^\d\n]{0,20}$/i
const tellsPhone = /phone|mobile|telefon|fax|(?<![a-z])(?:tel|cell)(?![a-z])/i

/** ITU-T E.164 and E.123, the North American Numbering Plan, and how numbers are written in Europe. Never bare digits. */
export const phoneRules: readonly PiiRule[] = [
  {
    ...phone,
    name: 'phone-international',
    confidence: 0.9,
    shapes: [...shapes([1, 2, 3, 4, 5, 6], ' -.()'), '7', '8', '9', '10', '11', '12', '13', '14', '15'],
    head: { chars: charSet('+('), min: 1, max: 2 },
    pattern: new RegExp(`\\d{1,3}\\)?[ .-]?(?:\\(\\d{1,5}\\)[ .-]?)?\\d{1,5}(?:[ .-]?\\d{1,5}){1,5}${extension}${end}`),
    accept: ({ value }) => {
      const digits = value.replace(/(?:x|ext|#).*$/, '').replace(/\D/g, '')
      if (!value.includes('+') || digits.length < 8 || digits.length > 15) return false
      return isAssigned(`+${digits}`) || { confidence: 0.55 }
    },
  },
  {
    ...phone,
    name: 'phone-north-american',
    shapes: shapes([1, 3, 5], ' -.()'),
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
    shapes: shapes([2, 3, 4, 5], ' -./)'),
    confidence: 0.65,
    head: { chars: charSet('('), min: 0, max: 1 },
    pattern: new RegExp(
      `(?:0\\d(?:[ .-]\\d{2}){4}|0\\d{2,3}(?: \\d{2,3}){3}|06-\\d{8}|0\\d{3}[ -]\\d{7}|0\\d{2,4}\\)?[ /-]\\d{3,4}[ -]\\d{3,5}|0\\d{2,4}[/]\\d{5,8}|00[1-9]\\d{0,2}[ -]\\d{1,4}(?:[ -]\\d{2,5}){2,4})${end}`,
    ),
    accept: ({ value }) => value.includes('(') === value.includes(')'),
  },
  {
    // Eleven digits with the trunk prefix, as mobile numbers are written where it is 0.
    ...phone,
    name: 'phone-trunk-prefix',
    confidence: 0.45,
    severity: 'LOW',
    shapes: ['11', '1 ', '1('],
    pattern: new RegExp(`0(?:[5-9]\\d{9}| ?\\([2-9]\\d\\d\\) ?\\d{3} ?\\d{2} ?\\d{2})${end}`),
    accept: ({ value }) => trunkRegions.some((region) => isAssigned(value, region)),
  },
  {
    // Turkey: without the trunk prefix the last four stand in pairs.
    ...phone,
    name: 'phone-turkish',
    region: 'TR',
    confidence: 0.6,
    shapes: ['3 ', '3-'],
    pattern: new RegExp(`[2-5]\\d\\d(?<mark>[ -])\\d{3}\\k<mark>\\d{2}\\k<mark>\\d{2}${end}`),
    accept: ({ value }) => isAssigned(value, 'TR'),
  },
  {
    ...phone,
    name: 'phone-bracketed-area',
    shapes: shapes([2, 3, 4, 5], ')'),
    confidence: 0.6,
    head: { chars: charSet('('), min: 1, max: 1 },
    pattern: new RegExp(`\\d{2,5}\\) ?\\d{3,4}[ -]\\d{3,4}${extension}${end}`),
  },
  {
    // Denmark, Norway, Luxembourg: four pairs.
    ...phone,
    name: 'phone-pairs',
    confidence: 0.4,
    severity: 'LOW',
    shapes: ['2-'],
    boundary: charSet('A-Za-z0-9_.\\-/#:'),
    pattern: new RegExp(`[2-9]\\d(?:-\\d{2}){3}${end}`),
  },
  {
    // As letters and cards list them: the number, and whose it is.
    ...phone,
    name: 'phone-before-label',
    confidence: 0.6,
    shapes: [...shapes([2, 3, 4], ' -.'), '7', '8', '9', '10', '11'],
    pattern:
      /\d{2,5}(?:[ .-]?\d{2,5}){1,4}(?![\d.])(?=[ ,\-\\()]{1,4}(?:office|fax|mobile|cell|home|direct|work)(?![A-Za-z]))/i,
    stop: /[^\d .\-,\\()A-Za-z]/,
    accept: ({ value }) => {
      const digits = value.replace(/\D/g, '').length
      return digits >= 6 && digits <= 13
    },
  },
  {
    ...phone,
    name: 'phone-in-context',
    confidence: 0.7,
    withWords: 0.7,
    words: tellsPhone,
    shapes: [...shapes([2, 3, 4, 5], ' -.()'), '7', '8', '9', '10', '11', '12', '13'],
    context: 32,
    head: { chars: charSet('('), min: 0, max: 1 },
    pattern: new RegExp(`\\d{2,5}\\)?(?:[ .-]?\\d{1,5}){1,5}${end}`),
    accept: ({ value, before }) => {
      const digits = value.replace(/\D/g, '').length
      return digits >= 7 && digits <= 13 && namesPhone.test(before) && !/^(?:19|20)\d\d[-.]\d\d[-.]\d\d/.test(value)
    },
  },
]

/** Where mobile numbers have eleven digits with their trunk prefix. */
const trunkRegions = ['PH', 'TR', 'GB', 'JP'] as const

function shapes(counts: readonly number[], separators: string): readonly string[] {
  return counts.flatMap((count) => [...separators].map((separator) => `${count}${separator}`))
}
