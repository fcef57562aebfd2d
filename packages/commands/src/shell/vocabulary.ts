import { isElevated, type ShellCommand } from './command.ts'
import { isDownloader, isInterpreter, isSender } from './programs.ts'
import { type Verdict, verdict } from './rule.ts'
import { isSystemProgram } from './system-programs.ts'

/** The names that offensive tools and write-ups give to their parameters: remote and local hosts and ports, the file that is after. */
const words =
  /\b(?:[LR](?:HOST|PORT)S?|LFILE|RFILE|file_to_(?:read|write|get|send|save|upload|download|change|delete)|attacker[\w-]{0,16}\.(?:com|net|org|test|example|local|tld)|(?:evil|hacker|malicious)[\w-]{0,16}\.(?:com|net|org|io|tld))\b/

/** What the command of a text that speaks so does, by the kind of its program. */
export function speaksOfAttack(command: ShellCommand): Verdict | undefined {
  const { program, path, args, assignments, writes, reads, input, line } = command
  const values = assignments.map(({ name, value }) => `${name}=${value}`)
  if (![line, ...values, ...writes, ...reads, input].some((text) => words.test(text))) return undefined
  if (program === '' || program === 'export') return undefined
  if (isSender(program) || isInterpreter(program)) {
    return verdict(
      isDownloader(program) && !/@|-T|--post|--upload|-F/.test(line) ? 'shell.download' : 'shell.exfiltration',
      'attack-vocabulary',
      'HIGH',
      0.55,
    )
  }
  if (isElevated(command) || path.startsWith('./') || isSystemProgram(program)) {
    return verdict(
      'shell.privilege-escalation',
      'attack-vocabulary',
      args.length > 0 || reads.length > 0 ? 'HIGH' : 'MEDIUM',
      0.5,
    )
  }
  return undefined
}
