import type { DetectionTypeSpec } from '@sluice/core'

export type PiiType =
  | 'PII_EMAIL'
  | 'PII_SSN'
  | 'PII_PHONE'
  | 'PII_IP_ADDRESS'
  | 'FINANCIAL_CARD_NUMBER'
  | 'FINANCIAL_IBAN'

const personal = {
  riskDomain: 'DATA_PROTECTION',
  riskCategory: 'PII_EXPOSURE',
  dataClassification: 'PII',
} as const
const financial = {
  riskDomain: 'DATA_PROTECTION',
  riskCategory: 'FINANCIAL_DATA_EXPOSURE',
  dataClassification: 'FINANCIAL',
} as const

export const piiTypes: Readonly<Record<PiiType, DetectionTypeSpec>> = {
  PII_EMAIL: { message: 'An e-mail address', severity: 'MEDIUM', ...personal },
  PII_SSN: { message: 'A United States social security number', severity: 'HIGH', ...personal },
  PII_PHONE: { message: 'A telephone number', severity: 'MEDIUM', ...personal },
  PII_IP_ADDRESS: { message: 'An IP address', severity: 'LOW', ...personal },
  FINANCIAL_CARD_NUMBER: { message: 'A payment card number', severity: 'HIGH', ...financial },
  FINANCIAL_IBAN: { message: 'An international bank account number (IBAN)', severity: 'HIGH', ...financial },
}
