import { after } from '../command.ts'
import { type CommandRule, verdict } from '../rule.ts'
import { runsPrograms, startsShell } from '../starts-shell.ts'

/** Code that starts a shell, or runs programs, is written to a file or handed on: the first half of having it run. */
export const writesCode: CommandRule = (command) => {
  const { program, line, input, writes } = command
  if (!/^(?:echo|printf|cat|tee|base64)$/.test(program)) return undefined
  const next = after(command)
  const handed = writes.some((target) => target !== '/dev/null' && !/^&?\d$/.test(target)) || next.length > 0
  const code = (program === 'echo' || program === 'printf' ? line : input).replace(
    /^\s*(?:-[ne]+\s+)?#!\s?\S+(?:\s\S+)?/,
    '',
  )
  if (!handed || code.length > 8192) return undefined
  return startsShell(code) || runsPrograms(code)
    ? verdict('shell.privilege-escalation', 'writes-code', 'HIGH', 0.65)
    : undefined
}
