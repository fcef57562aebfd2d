import type { DetectionTypeSpec } from '@sluice/core'

export type InjectionType =
  | 'PROMPT_OVERRIDE'
  | 'PROMPT_JAILBREAK'
  | 'PROMPT_EXTRACTION'
  | 'PROMPT_DELIMITER_SPOOFING'
  | 'PROMPT_INDIRECT_INJECTION'
  | 'PROMPT_OBFUSCATED'
  | 'PROMPT_INJECTION'

function spec(message: string, severity: DetectionTypeSpec['severity'], riskCategory: string): DetectionTypeSpec {
  return { message, severity, riskDomain: 'ADVERSARIAL', riskCategory, dataClassification: 'NONE' }
}

export const injectionTypes: Readonly<Record<InjectionType, DetectionTypeSpec>> = {
  PROMPT_OVERRIDE: spec('Words that set aside the instructions the model was given.', 'HIGH', 'PROMPT_INJECTION'),
  PROMPT_JAILBREAK: spec('A role or a mode that is to free the model from its rules.', 'HIGH', 'JAILBREAK'),
  PROMPT_EXTRACTION: spec(
    'A request for the hidden instructions or secrets of the model.',
    'MEDIUM',
    'SYSTEM_PROMPT_EXTRACTION',
  ),
  PROMPT_DELIMITER_SPOOFING: spec('Marks by which text passes itself off as another role.', 'HIGH', 'PROMPT_INJECTION'),
  PROMPT_INDIRECT_INJECTION: spec(
    'Instructions to the assistant inside text that came from outside.',
    'HIGH',
    'INDIRECT_PROMPT_INJECTION',
  ),
  PROMPT_OBFUSCATED: spec('An attack that is written so as not to be seen.', 'HIGH', 'PROMPT_INJECTION'),
  PROMPT_INJECTION: spec(
    'Text that reads like an attack on the instructions of a model.',
    'MEDIUM',
    'PROMPT_INJECTION',
  ),
}
