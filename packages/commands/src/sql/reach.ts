/**
 * What a condition makes of the rows of a table. `all`: it holds for each, so it binds nothing (`1=1`, `id = id`, `true`).
 * `none`: for none. `most`: for as good as each (`id > 0`, `id IS NOT NULL`). `some`: it depends on what the rows hold.
 */
export type Reach = 'all' | 'most' | 'some' | 'none'

export interface Operand {
  /** No column, no parameter in it. */
  readonly constant: boolean
  /** What it is, to see whether both sides are the same. Undefined: not a simple one. */
  readonly same: string | undefined
  /** The name of the column, where it is nothing else. */
  readonly column: string | undefined
  /** Its number or string, where it is nothing else. */
  readonly value: string | number | undefined
  /** Of a subquery: it has rows whatever the table holds. */
  readonly query?: 'constant' | 'other' | { readonly column: string; readonly table: string }
}

export const keyLike: RegExp = /^(?:.*_)?(?:id|uuid|guid|pk|key)$|^(?:row|o|c)id$|^[a-z]+id$/i

export function compare(left: Operand, operator: string, right: Operand): Reach {
  const same = isSame(left.same, right.same)
  const allows = operator === '=' || operator === '==' || operator === '<=' || operator === '>=' || operator === '<=>'
  if (same) return allows || operator.startsWith('~') ? 'all' : 'none'
  if (left.constant && right.constant) return constants(left.value, operator, right.value)
  const [column, value, facing] =
    left.column !== undefined ? [left.column, right.value, operator] : [right.column, left.value, flip(operator)]
  if (column === undefined || value === undefined || !keyLike.test(column)) return 'some'
  const low = typeof value === 'number' ? value <= 1 : value === '' || value === '0'
  if (low && (facing === '>' || facing === '>=' || facing === '!=' || facing === '<>')) return 'most'
  return 'some'
}

/** `users.id` and `id` are one column as far as a text can tell; `a.id` and `b.id` are not. */
export function isSame(left: string | undefined, right: string | undefined): boolean {
  if (left === undefined || right === undefined) return false
  return left === right || left.endsWith(`.${right}`) || right.endsWith(`.${left}`)
}

function flip(operator: string): string {
  return operator.replace(/[<>]/g, (sign) => (sign === '<' ? '>' : '<')).replace('><', '<>')
}

/** A comparison of constants holds for all rows or for none; where it cannot be told which, it is taken to hold. */
function constants(left: string | number | undefined, operator: string, right: string | number | undefined): Reach {
  if (left === undefined || right === undefined) return 'all'
  const [one, two] = [Number(left), Number(right)]
  const numbers = !Number.isNaN(one) && !Number.isNaN(two) && left !== '' && right !== ''
  const order = numbers ? Math.sign(one - two) : left === right ? 0 : String(left) < String(right) ? -1 : 1
  const holds =
    operator === '<>' || operator === '!=' || operator.startsWith('!')
      ? order !== 0
      : (operator.includes('=') && order === 0) ||
        (operator === '<' || operator === '<='
          ? order < 0
          : operator === '>' || operator === '>='
            ? order > 0
            : false) ||
        operator.startsWith('~')
  return holds ? 'all' : 'none'
}

export function truthOf({ value, same }: Operand): Reach {
  if (same === 'null' || same === 'false') return 'none'
  return value === undefined || (Number(value) !== 0 && !Number.isNaN(Number(value)))
    ? 'all'
    : typeof value === 'string' && value !== '' && value !== '0'
      ? 'all'
      : 'none'
}

const size: Record<Reach, number> = { none: 0, some: 1, most: 2, all: 3 }

export function or(left: Reach, right: Reach): Reach {
  return size[left] >= size[right] ? left : right
}

export function and(left: Reach, right: Reach): Reach {
  return size[left] <= size[right] ? left : right
}

export function not(reach: Reach): Reach {
  return reach === 'all' ? 'none' : reach === 'none' ? 'all' : 'some'
}
