/** What units that differ in case alone have in common: A–Z and, of other scripts, what one unit is in the other case. */
export function foldOf(unit: number): number {
  if (unit >= 0x41 && unit <= 0x5a) return unit + 0x20
  if (unit < 128) return unit
  const fold = cased(cased(unit, 'toUpperCase'), 'toLowerCase')
  return fold < 128 ? unit : fold
}

/** The units that have their fold in common with one. */
export function variantsOf(unit: number): readonly number[] {
  const fold = foldOf(unit)
  return [unit, fold, cased(fold, 'toUpperCase'), cased(unit, 'toLowerCase')].filter((one) => foldOf(one) === fold)
}

function cased(unit: number, to: 'toUpperCase' | 'toLowerCase'): number {
  const text = String.fromCharCode(unit)[to]()
  return text.length === 1 ? text.charCodeAt(0) : unit
}
