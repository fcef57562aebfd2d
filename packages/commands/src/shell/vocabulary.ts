import { isElevated, type ShellCommand } from './command.ts'
import { isDownloader, isInterpreter, isSender } from './programs.ts'
import { type Verdict, verdict } from './rule.ts'
import { isSystemProgram } from './system-programs.ts'

/** The names that offensive tools and write-ups give to their parameters: remote and local hosts and ports, the file that is after. */
const words =
  /\b(?:[LR](?:HOST|PORT)S?|LFILE|RFILE|file_to_(?:read|write|get|send|save|upload|download|change|delete)|attacker[\w-]{0,16}\.(?:com|net|org|test|example|local|tld)|(?:evil|hacker|malicious)[\w-]{0,16}\.(?:com|net|org|io|tld))\b/

export function speaksOfAttack(text: string): boolean {
  return words.test(text)
}

/**
 * What a command of a text that speaks so does, by the kind of its program. What opens connections is taken at the text's word:
 * hosts and ports are variables set before. Others name the thing themselves.
 */
export function attack(command: ShellCommand): Verdict | undefined {
  const { program, path, args, writes, reads, input, line } = command
  if (program === '' || program === 'export') return undefined
  if (isSender(program) || isInterpreter(program) || program === 'httpd') {
    const fetches = isDownloader(program) && !/@|-T|--post|--upload|-F/.test(line)
    return verdict(fetches ? 'shell.download' : 'shell.exfiltration', 'attack-vocabulary', 'HIGH', 0.55)
  }
  if (![line, ...writes, ...reads, input].some((part) => words.test(part))) return undefined
  if (isElevated(command) || path.startsWith('./') || isSystemProgram(program)) {
    const severity = args.length > 0 || reads.length > 0 ? 'HIGH' : 'MEDIUM'
    return verdict('shell.privilege-escalation', 'attack-vocabulary', severity, 0.5)
  }
  return undefined
}
