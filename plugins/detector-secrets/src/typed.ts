/** Six fillers in a row, or eight characters in the order of the alphabet or the digits: chance makes neither, people do. */
export function looksTyped(value: string): boolean {
  return /([xX0*#.])\1{5}/.test(value) || hasSequence(value)
}

const longestChanceSequence = 8

function hasSequence(value: string): boolean {
  let length = 1
  for (let at = 1; at < value.length; at++) {
    length = value.charCodeAt(at) === value.charCodeAt(at - 1) + 1 ? length + 1 : 1
    if (length === longestChanceSequence) return true
  }
  return false
}
