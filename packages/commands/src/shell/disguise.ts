import { isSystemProgram } from './system-programs.ts'

/**
 * The name of a well-known program was not written letter by letter: `r""m`, `c$@at`, `$'\x72m'`, `{rm,-rf,/}`, `$a$b`.
 * A variable of its own (`$CC`), a quoted name and a leading backslash (`\ls`, past an alias) are what people write.
 */
export function isDisguised(written: string, program: string): boolean {
  if (written.length > 1024 || !isSystemProgram(program)) return false
  if (written.startsWith('{')) return true
  if (/^"?\$(?:\w+|\{\w+\})"?$/.test(written)) return false
  if (/\$'[^']{0,256}\\[xu0-7]/.test(written)) return true
  const name = written.slice(written.lastIndexOf('/') + 1).replace(/^["'\\]+|["']+$/g, '')
  return /["'`\\]|.\$|^\$.+\$|^\$\(/s.test(name)
}
