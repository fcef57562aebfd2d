/** Lower case. Without one of them `judgeSql` finds nothing. */
export const sqlLiterals: readonly string[] = ['drop']
