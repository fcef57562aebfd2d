import { isDay } from '../dates.ts'
import { identifier, type PiiRule, words } from '../identifier.ts'

const born = words(
  'date[ _-]?of[ _-]?birth|birth[ _-]?da(?:te|y)|\\bborn\\b|geburtsdatum|geboren|geb\\.|date de naissance|n[ée]e? le|fecha de nacimiento|nacid[oa]|data di nascita|nat[oa] il|data de nascimento|geboortedatum|geboren op',
  'DOB|D\\.O\\.B\\.?',
)
const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'

/** A date is a date of birth only where the words say so. */
export const birthRules: readonly PiiRule[] = [
  identifier({
    name: 'date-of-birth',
    type: 'PII_DATE_OF_BIRTH',
    shapes: ['1/', '2/', '1-', '2-', '1.', '2.', '4-', '4/', '4.'],
    written: isWrittenDay,
    pattern: '(?:\\d{4}(?<a>[./-])\\d{1,2}\\k<a>\\d{1,2}|\\d{1,2}(?<b>[./-])\\d{1,2}\\k<b>(?:\\d{4}|\\d{2}))',
    words: born,
    bare: 'never',
    withWords: 0.85,
  }),
  identifier({
    name: 'date-of-birth-day-month',
    type: 'PII_DATE_OF_BIRTH',
    shapes: ['1 ', '2 ', '1a', '2a'],
    pattern: `(?:0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?(?: of)? (?:${months})\\.?,? (?:19|20)\\d{2}`,
    words: born,
    bare: 'never',
    withWords: 0.85,
  }),
  identifier({
    name: 'date-of-birth-month-day',
    type: 'PII_DATE_OF_BIRTH',
    gate: 'letter',
    shapes: ['3-', '4-', '5-', '6-'],
    pattern: `(?:${months})\\.? (?:0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?,? (?:19|20)\\d{2}`,
    words: born,
    bare: 'never',
    withWords: 0.85,
  }),
]

/** Day, month and year of a written date, in one of the two orders in which they may stand. */
function isWrittenDay(value: string): boolean {
  const [a = '', b = '', c = ''] = value.split(/[./-]/)
  if (a.length === 4) return isDay(a, pad(b), pad(c))
  return isDay(c, pad(b), pad(a)) || isDay(c, pad(a), pad(b))
}

function pad(part: string): string {
  return part.padStart(2, '0')
}
