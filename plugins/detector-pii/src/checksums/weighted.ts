/** Sum of the digits times the weights, in order. */
export function weigh(digits: string, weights: readonly number[]): number {
  let sum = 0
  for (let at = 0; at < weights.length; at++) sum += (digits.charCodeAt(at) - 48) * (weights[at] ?? 0)
  return sum
}

/** Like `weigh`, but a product of two digits counts as their sum. */
export function weighCrossSums(digits: string, weights: readonly number[]): number {
  let sum = 0
  for (let at = 0; at < weights.length; at++) {
    const product = (digits.charCodeAt(at) - 48) * (weights[at] ?? 0)
    sum += Math.floor(product / 10) + (product % 10)
  }
  return sum
}

export function digitAt(digits: string, at: number): number {
  return digits.charCodeAt(at) - 48
}

/** `0000000000` passes most checksums and names nobody. */
export function isRepeated(digits: string): boolean {
  return /^(.)\1*$/.test(digits)
}
