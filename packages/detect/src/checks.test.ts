import { describe, expect, test } from 'bun:test'
import { charSet } from './char-set.ts'
import { shannonEntropy } from './entropy.ts'
import { ibanLengths, passesIbanChecksum } from './iban.ts'
import { passesLuhn } from './luhn.ts'

test('Luhn: a changed digit and two neighbours swapped fail', () => {
  expect(passesLuhn('4111111111111111')).toBeTrue()
  expect(passesLuhn('79927398713')).toBeTrue()
  for (const wrong of ['4111111111111112', '79927398710', '97927398713']) expect(passesLuhn(wrong)).toBeFalse()
})

describe('IBAN', () => {
  test('examples of the registry pass, one digit off fails', () => {
    for (const iban of ['GB29NWBK60161331926819', 'DE89370400440532013000', 'FR1420041010050500013M02606']) {
      expect(passesIbanChecksum(iban)).toBeTrue()
      expect(ibanLengths.get(iban.slice(0, 2))).toBe(iban.length)
      expect(passesIbanChecksum(`${iban.slice(0, -1)}7`)).toBeFalse()
    }
  })

  test('what is no letter or digit fails', () => {
    expect(passesIbanChecksum('DE89 3704')).toBeFalse()
  })
})

test('entropy: none in one character repeated, four bits in sixteen even ones', () => {
  expect(shannonEntropy('')).toBe(0)
  expect(shannonEntropy('aaaa')).toBe(0)
  expect(shannonEntropy('0123456789abcdef')).toBe(4)
})

test('a set of characters holds what its class says, and beyond ASCII only when told', () => {
  const set = charSet('a-c_')
  expect([...'abc_'].every((unit) => set.has(unit.charCodeAt(0)))).toBeTrue()
  expect(set.has('d'.charCodeAt(0))).toBeFalse()
  expect(set.has('é'.charCodeAt(0))).toBeFalse()
  expect(charSet('a', { nonAscii: true }).has('é'.charCodeAt(0))).toBeTrue()
})
