import type { DetectionTypeSpec, Severity } from '@sluice/core'

export type PiiType =
  | 'PII_EMAIL'
  | 'PII_SSN'
  | 'PII_PHONE'
  | 'PII_IP_ADDRESS'
  | 'PII_MAC_ADDRESS'
  | 'PII_DATE_OF_BIRTH'
  | 'PII_POSTAL_ADDRESS'
  | 'PII_PERSON_NAME'
  | 'FINANCIAL_CARD_NUMBER'
  | 'FINANCIAL_IBAN'
  | 'FINANCIAL_CRYPTO_ADDRESS'
  | 'FINANCIAL_US_ROUTING_NUMBER'
  | 'FINANCIAL_US_BANK_ACCOUNT'
  | 'PHI_MEDICAL_RECORD_NUMBER'
  | 'PHI_ICD_CODE'
  | 'PHI_US_NPI'
  | 'PHI_US_MBI'
  | 'PHI_US_DEA_NUMBER'
  | 'PHI_UK_NHS_NUMBER'
  | 'PHI_DE_HEALTH_INSURANCE'
  | 'PHI_DE_LANR'
  | 'PHI_DE_BSNR'
  | 'PHI_AU_MEDICARE'
  | 'PII_US_ITIN'
  | 'PII_US_PASSPORT'
  | 'PII_US_DRIVER_LICENSE'
  | 'PII_UK_NINO'
  | 'PII_UK_PASSPORT'
  | 'PII_UK_DRIVING_LICENCE'
  | 'PII_UK_VEHICLE_REGISTRATION'
  | 'PII_UK_POSTCODE'
  | 'PII_DE_TAX_ID'
  | 'PII_DE_TAX_NUMBER'
  | 'PII_DE_VAT_ID'
  | 'PII_DE_ID_CARD'
  | 'PII_DE_PASSPORT'
  | 'PII_DE_DRIVER_LICENSE'
  | 'PII_DE_SOCIAL_SECURITY'
  | 'PII_DE_VEHICLE_REGISTRATION'
  | 'PII_DE_COMMERCIAL_REGISTER'
  | 'PII_FR_NIR'
  | 'PII_ES_NIF'
  | 'PII_ES_NIE'
  | 'PII_ES_PASSPORT'
  | 'PII_IT_FISCAL_CODE'
  | 'PII_IT_VAT_CODE'
  | 'PII_IT_DRIVER_LICENSE'
  | 'PII_IT_ID_CARD'
  | 'PII_IT_PASSPORT'
  | 'PII_PL_PESEL'
  | 'PII_PT_NIF'
  | 'PII_NL_BSN'
  | 'PII_SE_PERSONAL_NUMBER'
  | 'PII_SE_ORGANISATION_NUMBER'
  | 'PII_FI_PERSONAL_IDENTITY_CODE'
  | 'PII_IN_AADHAAR'
  | 'PII_IN_PAN'
  | 'PII_IN_GSTIN'
  | 'PII_IN_VOTER_ID'
  | 'PII_IN_PASSPORT'
  | 'PII_IN_VEHICLE_REGISTRATION'
  | 'PII_AU_TFN'
  | 'PII_AU_ABN'
  | 'PII_AU_ACN'
  | 'PII_CA_SIN'
  | 'PII_BR_CPF'
  | 'PII_BR_CNPJ'
  | 'PII_MX_CURP'
  | 'PII_KR_RRN'
  | 'PII_KR_FRN'
  | 'PII_KR_BRN'
  | 'PII_KR_DRIVER_LICENSE'
  | 'PII_KR_PASSPORT'
  | 'PII_JP_MY_NUMBER'
  | 'PII_SG_NRIC_FIN'
  | 'PII_TH_NATIONAL_ID'
  | 'PII_PH_TIN'
  | 'PII_TR_NATIONAL_ID'
  | 'PII_TR_LICENSE_PLATE'
  | 'PII_ZA_ID_NUMBER'
  | 'PII_NG_NIN'
  | 'PII_NG_VEHICLE_REGISTRATION'

const riskDomain = 'DATA_PROTECTION'

export const piiTypes: Readonly<Record<PiiType, DetectionTypeSpec>> = {
  PII_EMAIL: personal('An e-mail address', 'MEDIUM'),
  PII_SSN: personal('A United States social security number', 'HIGH'),
  PII_PHONE: personal('A telephone number', 'MEDIUM'),
  PII_IP_ADDRESS: personal('An IP address', 'LOW'),
  PII_MAC_ADDRESS: personal('A hardware (MAC) address', 'LOW'),
  PII_DATE_OF_BIRTH: personal('A date of birth', 'MEDIUM'),
  PII_POSTAL_ADDRESS: personal('A street address (weak, off by default)', 'LOW'),
  PII_PERSON_NAME: personal('The name of a person (weak, off by default)', 'LOW'),
  FINANCIAL_CARD_NUMBER: financial('A payment card number', 'HIGH'),
  FINANCIAL_IBAN: financial('An international bank account number (IBAN)', 'HIGH'),
  FINANCIAL_CRYPTO_ADDRESS: financial('The address of a crypto-currency wallet', 'MEDIUM'),
  FINANCIAL_US_ROUTING_NUMBER: financial('A United States bank routing number (ABA)', 'MEDIUM'),
  FINANCIAL_US_BANK_ACCOUNT: financial('A United States bank account number', 'MEDIUM'),
  PHI_MEDICAL_RECORD_NUMBER: health('A medical record number', 'HIGH'),
  PHI_ICD_CODE: health('A code of a diagnosis (ICD-10)', 'MEDIUM'),
  PHI_US_NPI: health('A United States health provider (NPI)', 'MEDIUM'),
  PHI_US_MBI: health('A Medicare beneficiary identifier', 'HIGH'),
  PHI_US_DEA_NUMBER: health('A United States prescriber (DEA number)', 'MEDIUM'),
  PHI_UK_NHS_NUMBER: health('An NHS number', 'HIGH'),
  PHI_DE_HEALTH_INSURANCE: health('A German health insurance number (KVNR)', 'HIGH'),
  PHI_DE_LANR: health('A German physician number (LANR)', 'MEDIUM'),
  PHI_DE_BSNR: health('A German practice number (BSNR)', 'LOW'),
  PHI_AU_MEDICARE: health('An Australian Medicare number', 'HIGH'),
  PII_US_ITIN: personal('A United States taxpayer number (ITIN)', 'HIGH'),
  PII_US_PASSPORT: personal('A United States passport number', 'HIGH'),
  PII_US_DRIVER_LICENSE: personal("A United States driver's license number", 'HIGH'),
  PII_UK_NINO: personal('A British national insurance number', 'HIGH'),
  PII_UK_PASSPORT: personal('A British passport number', 'HIGH'),
  PII_UK_DRIVING_LICENCE: personal('A British driving licence number', 'HIGH'),
  PII_UK_VEHICLE_REGISTRATION: personal('A British vehicle registration', 'LOW'),
  PII_UK_POSTCODE: personal('A British postcode', 'LOW'),
  PII_DE_TAX_ID: personal('A German tax identification number', 'HIGH'),
  PII_DE_TAX_NUMBER: personal('A German tax number', 'MEDIUM'),
  PII_DE_VAT_ID: personal('A German VAT identification number', 'LOW'),
  PII_DE_ID_CARD: personal('A German identity card number', 'HIGH'),
  PII_DE_PASSPORT: personal('A German passport number', 'HIGH'),
  PII_DE_DRIVER_LICENSE: personal('A German driving licence number', 'HIGH'),
  PII_DE_SOCIAL_SECURITY: personal('A German social security number', 'HIGH'),
  PII_DE_VEHICLE_REGISTRATION: personal('A German vehicle registration', 'LOW'),
  PII_DE_COMMERCIAL_REGISTER: personal('A German commercial register number', 'LOW'),
  PII_FR_NIR: personal('A French social security number (NIR)', 'HIGH'),
  PII_ES_NIF: personal('A Spanish identity number (DNI, NIF)', 'HIGH'),
  PII_ES_NIE: personal("A Spanish foreigner's identity number (NIE)", 'HIGH'),
  PII_ES_PASSPORT: personal('A Spanish passport number', 'HIGH'),
  PII_IT_FISCAL_CODE: personal('An Italian fiscal code', 'HIGH'),
  PII_IT_VAT_CODE: personal('An Italian VAT number', 'LOW'),
  PII_IT_DRIVER_LICENSE: personal('An Italian driving licence number', 'HIGH'),
  PII_IT_ID_CARD: personal('An Italian identity card number', 'HIGH'),
  PII_IT_PASSPORT: personal('An Italian passport number', 'HIGH'),
  PII_PL_PESEL: personal('A Polish PESEL number', 'HIGH'),
  PII_PT_NIF: personal('A Portuguese tax number (NIF)', 'HIGH'),
  PII_NL_BSN: personal('A Dutch citizen service number (BSN)', 'HIGH'),
  PII_SE_PERSONAL_NUMBER: personal('A Swedish personal identity number', 'HIGH'),
  PII_SE_ORGANISATION_NUMBER: personal('A Swedish organisation number', 'LOW'),
  PII_FI_PERSONAL_IDENTITY_CODE: personal('A Finnish personal identity code', 'HIGH'),
  PII_IN_AADHAAR: personal('An Indian Aadhaar number', 'HIGH'),
  PII_IN_PAN: personal('An Indian permanent account number (PAN)', 'HIGH'),
  PII_IN_GSTIN: personal('An Indian goods and services tax number', 'MEDIUM'),
  PII_IN_VOTER_ID: personal('An Indian voter identity number', 'HIGH'),
  PII_IN_PASSPORT: personal('An Indian passport number', 'HIGH'),
  PII_IN_VEHICLE_REGISTRATION: personal('An Indian vehicle registration', 'LOW'),
  PII_AU_TFN: personal('An Australian tax file number', 'HIGH'),
  PII_AU_ABN: personal('An Australian business number', 'LOW'),
  PII_AU_ACN: personal('An Australian company number', 'LOW'),
  PII_CA_SIN: personal('A Canadian social insurance number', 'HIGH'),
  PII_BR_CPF: personal('A Brazilian CPF number', 'HIGH'),
  PII_BR_CNPJ: personal('A Brazilian CNPJ number', 'LOW'),
  PII_MX_CURP: personal('A Mexican population registry code (CURP)', 'HIGH'),
  PII_KR_RRN: personal('A Korean resident registration number', 'HIGH'),
  PII_KR_FRN: personal('A Korean foreigner registration number', 'HIGH'),
  PII_KR_BRN: personal('A Korean business registration number', 'LOW'),
  PII_KR_DRIVER_LICENSE: personal('A Korean driving licence number', 'HIGH'),
  PII_KR_PASSPORT: personal('A Korean passport number', 'HIGH'),
  PII_JP_MY_NUMBER: personal('A Japanese individual number (My Number)', 'HIGH'),
  PII_SG_NRIC_FIN: personal('A Singapore identity number (NRIC, FIN)', 'HIGH'),
  PII_TH_NATIONAL_ID: personal('A Thai national identity number', 'HIGH'),
  PII_PH_TIN: personal('A Philippine taxpayer number', 'HIGH'),
  PII_TR_NATIONAL_ID: personal('A Turkish identity number', 'HIGH'),
  PII_TR_LICENSE_PLATE: personal('A Turkish licence plate', 'LOW'),
  PII_ZA_ID_NUMBER: personal('A South African identity number', 'HIGH'),
  PII_NG_NIN: personal('A Nigerian identity number', 'HIGH'),
  PII_NG_VEHICLE_REGISTRATION: personal('A Nigerian vehicle registration', 'LOW'),
}

/** Too weak to be on unless they are asked for by name. */
export const offByDefault: ReadonlySet<PiiType> = new Set<PiiType>(['PII_POSTAL_ADDRESS', 'PII_PERSON_NAME'])

function personal(message: string, severity: Severity): DetectionTypeSpec {
  return { message, severity, riskDomain, riskCategory: 'PII_EXPOSURE', dataClassification: 'PII' }
}

function financial(message: string, severity: Severity): DetectionTypeSpec {
  return { message, severity, riskDomain, riskCategory: 'FINANCIAL_DATA_EXPOSURE', dataClassification: 'FINANCIAL' }
}

function health(message: string, severity: Severity): DetectionTypeSpec {
  return { message, severity, riskDomain, riskCategory: 'PHI_EXPOSURE', dataClassification: 'PHI' }
}
