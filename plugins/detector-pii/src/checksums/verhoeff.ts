/** J. Verhoeff, Error Detecting Decimal Codes, 1969: the dihedral group of order 10. */
export function passesVerhoeff(digits: string): boolean {
  let check = 0
  for (let at = 0; at < digits.length; at++) {
    const digit = digits.charCodeAt(digits.length - 1 - at) - 48
    check = multiply(check, permutations[at % 8]?.[digit] ?? 0)
  }
  return check === 0
}

/** Rotations are 0 to 4, reflections 5 to 9. */
function multiply(a: number, b: number): number {
  if (a < 5) return b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5)
  return b < 5 ? 5 + ((a - b + 5) % 5) : (a - b + 5) % 5
}

const permutations: readonly (readonly number[])[] = permutationsOf([1, 5, 7, 6, 2, 8, 3, 0, 9, 4])

function permutationsOf(first: readonly number[]): number[][] {
  const rows = [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]
  while (rows.length < 8) rows.push((rows.at(-1) ?? []).map((digit) => first[digit] ?? 0))
  return rows
}
