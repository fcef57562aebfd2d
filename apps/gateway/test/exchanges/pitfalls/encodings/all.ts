import type { Section } from './case.ts'
import { characterSection, charsetSection } from './charsets.ts'
import { bombSection, codingListSection, codingSection } from './codings.ts'
import { formSection } from './forms.ts'
import { framingSection, headerSection } from './headers.ts'
import { nameSection, syntaxSection, valueSection } from './json.ts'
import { partSection } from './parts.ts'

/** Every way of writing a request that two readers could take differently: what docs/encodings.md says, and the tests. */
export const sections: readonly Section[] = [
  codingSection,
  codingListSection,
  bombSection,
  charsetSection,
  characterSection,
  headerSection,
  framingSection,
  syntaxSection,
  valueSection,
  nameSection,
  formSection,
  partSection,
]
