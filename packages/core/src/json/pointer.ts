import type { Json, JsonPointer } from '../protocol/json.ts'
import { isJsonArray, isJsonObject } from './type.ts'

/** One reference token as it is written in a pointer (RFC 6901, section 3). */
export function escapeToken(token: string): string {
  if (!token.includes('~') && !token.includes('/')) return token
  return token.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** Array indices may be given as numbers. No token at all is `''`, the whole text. */
export function pointerOf(tokens: readonly (string | number)[]): JsonPointer {
  let pointer: JsonPointer = ''
  for (const token of tokens) pointer = `${pointer}/${typeof token === 'number' ? token : escapeToken(token)}`
  return pointer
}

export function tokensOf(pointer: JsonPointer): string[] {
  if (pointer === '') return []
  const tokens = pointer.slice(1).split('/')
  if (!pointer.includes('~')) return tokens
  // `~1` first: `~01` stands for `~1`, not for `/`.
  return tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}

const INDEX = /^(?:0|[1-9][0-9]{0,15})$/

/** The index that a token names in an array, or -1. `01`, `-` and `+1` name none. */
export function indexOfToken(token: string): number {
  return INDEX.test(token) ? Number(token) : -1
}

/** The value a pointer names, or undefined. Sees own members only: `/constructor` names nothing by inheritance. */
export function valueAt(value: Json, pointer: JsonPointer): Json | undefined {
  let at: Json | undefined = value
  for (const token of tokensOf(pointer)) {
    if (isJsonArray(at)) at = at[indexOfToken(token)]
    else if (isJsonObject(at) && Object.hasOwn(at, token)) at = at[token]
    else return undefined
  }
  return at
}
