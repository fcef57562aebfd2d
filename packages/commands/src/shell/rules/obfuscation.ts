import { before } from '../command.ts'
import { isInterpreter, isShell } from '../programs.ts'
import { type CommandRule, verdict } from '../rule.ts'

const decodes = (program: string, line: string): boolean => {
  if (/^(?:base64|base32|basenc)$/.test(program)) return /(?:^|\s)(?:-\w*[dD]\b|--d\w*)/.test(line)
  if (program === 'xxd') return /-\w*r/.test(line)
  if (program === 'openssl') return /^(?:enc|base64)\b.*-d\b/.test(line)
  if (/^(?:rev|tac|uudecode|zcat|bzcat|xzcat)$/.test(program)) return true
  if (/^(?:gunzip|gzip|bzip2|xz)$/.test(program)) return /-\w*d|^$/.test(line)
  if (program === 'tr') return /A-Z?\S*\s+N-Z|n-za-m|\[|\\/i.test(line)
  return /^(?:printf|echo)$/.test(program) && /(?:\\\\?x[0-9a-f]{2}|\\\\?[0-7]{3}){2}/i.test(line)
}

/** What is decoded is run. */
export const runsDecoded: CommandRule = (command) => {
  const { program, wrappers, substituted, line } = command
  const runs = isShell(program) || wrappers.includes('eval') || /^(?:source|\.)$/.test(program)
  const piped = (runs || isInterpreter(program)) && before(command).some((each) => decodes(each.program, each.line))
  const inside = (runs || program.startsWith('$')) && substituted.some((each) => decodes(each.program, each.line))
  if (piped || inside) return verdict('shell.obfuscation', 'runs-decoded', 'HIGH', 0.9)
  const unpacks =
    /\b(?:b64decode|base64_decode|decode_base64|atob|unhexlify|fromhex|marshal\.loads|gzinflate|str_rot13)\b/
  return isInterpreter(program) && unpacks.test(line) && /\b(?:exec|eval|system|compile)\b/.test(line)
    ? verdict('shell.obfuscation', 'runs-decoded', 'HIGH', 0.9)
    : undefined
}

/** Text made up in the command line is piped to a shell. */
export const runsEchoed: CommandRule = (command) => {
  if (!isShell(command.program) || command.args.some((arg) => !arg.startsWith('-'))) return undefined
  return before(command).some(({ program }) => /^(?:echo|printf|cat)$/.test(program))
    ? verdict('shell.obfuscation', 'runs-echoed', 'MEDIUM', 0.5)
    : undefined
}

export const hidesProgram: CommandRule = ({ disguised }) => {
  return disguised ? verdict('shell.obfuscation', 'hides-program', 'HIGH', 0.75) : undefined
}
