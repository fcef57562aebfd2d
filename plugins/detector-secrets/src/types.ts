import type { DetectionTypeSpec } from '@sluice/core'

export type SecretType =
  | 'CREDENTIALS_API_KEY'
  | 'CREDENTIALS_PRIVATE_KEY'
  | 'CREDENTIALS_TOKEN'
  | 'CREDENTIALS_CONNECTION_STRING'
  | 'CREDENTIALS_PASSWORD'

const exposure = {
  riskDomain: 'DATA_PROTECTION',
  riskCategory: 'CREDENTIAL_EXPOSURE',
  dataClassification: 'CREDENTIALS',
} as const

/** What this detector reports; which vendor's, stands in `data.rule`. */
export const secretTypes: Readonly<Record<SecretType, DetectionTypeSpec>> = {
  CREDENTIALS_API_KEY: { message: 'An API key or access token of a service', severity: 'HIGH', ...exposure },
  CREDENTIALS_PRIVATE_KEY: { message: 'A private key', severity: 'CRITICAL', ...exposure },
  CREDENTIALS_TOKEN: { message: 'A signed token that grants access (JWT)', severity: 'HIGH', ...exposure },
  CREDENTIALS_CONNECTION_STRING: {
    message: 'A URL or connection string with a password in it',
    severity: 'HIGH',
    ...exposure,
  },
  CREDENTIALS_PASSWORD: {
    message: 'A password or secret assigned to a name that says so',
    severity: 'HIGH',
    ...exposure,
  },
}
