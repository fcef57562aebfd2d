import { identifier, type PiiRule, words } from '../identifier.ts'

const record = words(
  'medical[ _-]?rec|patient[ _-]?(?:id|num|no\\b|rec)|hospital[ _-]?(?:no|num)|chart[ _-]?n',
  'MRN|MR#',
)

/** Numbers of patients and codes of their illnesses: only with the words that say so. */
export const healthRules: readonly PiiRule[] = [
  identifier({
    name: 'medical-record-number',
    type: 'PHI_MEDICAL_RECORD_NUMBER',
    shapes: ['7', '8', '9', '10', '11', '12', '3-', '2-', '4-'],
    pattern: '\\d{2,4}-\\d{2,4}-\\d{2,6}|\\d{7,12}',
    words: record,
    bare: 'never',
  }),
  identifier({
    name: 'medical-record-number-short',
    type: 'PHI_MEDICAL_RECORD_NUMBER',
    gate: 'letter',
    shapes: ['1', '2', '3', '4', '3-', '4-', '2-', '1-'],
    pattern: '(?:MRN|MR|[A-Z]{1,4})[ -]?\\d{4,12}',
    words: record,
    bare: 'never',
  }),
  identifier({
    // ICD-10-CM: a letter (no U but U07 and U09), two characters, up to four behind a dot.
    name: 'icd-10',
    type: 'PHI_ICD_CODE',
    gate: 'letter',
    shapes: ['1'],
    pattern: '[A-TV-Z]\\d[\\dAB](?:\\.[\\dA-Z]{1,4})?|U0[79](?:\\.\\d)?',
    words: words('icd|diagnos', 'dx'),
    bare: 'never',
  }),
]
