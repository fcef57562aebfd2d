import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** Could the numbering plan of its country have given out this number? `region`: for one without a country code. */
export function isAssigned(number: string, region?: CountryCode): boolean {
  return (
    parsePhoneNumberFromString(number, {
      ...(region === undefined ? {} : { defaultCountry: region }),
      extract: false,
    })?.isValid() === true
  )
}
