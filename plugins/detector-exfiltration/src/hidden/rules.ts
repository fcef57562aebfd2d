import type { PatternRule } from '@sluice/detect'
import type { ExfiltrationType } from '../types.ts'
import { bidiRules } from './bidi.ts'
import { selectorRules } from './selectors.ts'
import { tagRules } from './tags.ts'
import { zeroWidthRules } from './zero-width.ts'

export const hiddenRules: readonly PatternRule<ExfiltrationType>[] = [
  ...tagRules,
  ...selectorRules,
  ...zeroWidthRules,
  ...bidiRules,
]
