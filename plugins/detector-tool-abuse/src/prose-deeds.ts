import { type Deed, judgeAddresses, judgeShell, judgeSql, mayBeCommand } from '@sluice/commands'
import type { Segment } from '@sluice/core'
import { judgeAll, lessened, placed } from './judge.ts'

/** `$ `, `# `, `root@host:~# `, `PS C:\> `: what follows was typed. */
const prompt =
  /^[ \t]{0,16}(?:[\w.-]{1,32}@[\w.-]{1,64}[^\s$#]{0,64}|PS [A-Z]:[^>\n]{0,64})?[$#>%]\s{1,4}(?=[\w./({"'\\])/

/** A command as a line of its own: a program, and something after it that prose has not. */
const bare =
  /^[ \t]{0,16}(?:sudo |doas |exec |env |export |nohup )?(?:\.{0,2}\/[\w./-]{1,64}|[a-z][\w.+-]{0,24}|[A-Z]{3,6}[RS]T=\S{1,64}|IEX|\w{3,12}-\w{4,20})\s{1,4}(?:\S{1,64}\s{1,4}){0,6}?(?:-{1,2}[a-zA-Z]|\/\S|["'~$(@<>|&\\{]|\w{2,8}:\/\/)/

/** Words that commands are not made of. */
const words =
  /(?:^|\s)(?:is|are|was|were|the|an|will|would|you|your|please|does|what|which|why|how|this|that|because|should|cannot|can't|don't|means)(?=[\s,.?!]|$)/i

/** A name alone does nothing, unless it is a path or hides a command. */
const severalWords = /[\s/\\;|&${<>]/

/** Of inline code that are judged in one window. */
const mostSpans = 12

const statement = /^[ \t]{0,16}(?:DROP|DELETE|UPDATE|TRUNCATE|ALTER|GRANT|REVOKE|INSERT|SELECT|MERGE|EXEC)\s/

/**
 * What a line of an answer, a tool's result or a question says could be done. Only what stands as a command is judged: after
 * a prompt, as a line of its own, or as inline code. It is never CRITICAL here, what is told in passing is at most MEDIUM,
 * what someone only asks about a step less; what would be LOW is everyday and not told.
 */
export function proseDeeds(line: string, segment: Segment): readonly Deed[] {
  const asked = segment.kind === 'user' || segment.kind === 'instruction'
  const deeds: Deed[] = []
  const typed = prompt.exec(line)
  const at = typed?.[0].length ?? 0
  const command = line.slice(at)
  const stated = (found: readonly Deed[]) => (asked ? lessened(found, 'MEDIUM', 1) : lessened(found, 'HIGH', 0))
  if ((typed !== null || bare.test(line)) && mayBeCommand(command) && !words.test(withoutQuotes(command))) {
    deeds.push(...placed(stated(judgeShell(command)), at))
  } else if (statement.test(line)) {
    deeds.push(...stated(judgeSql(line)))
  }
  if (asked) return deeds
  if (line.includes('`')) {
    for (const match of line.matchAll(/(?<!`)`([^`\n]{4,512})`(?!`)/g).take(mostSpans)) {
      const code = match[1] ?? ''
      if (severalWords.test(code)) deeds.push(...placed(lessened(judgeAll(code), 'MEDIUM', 1), match.index + 1))
    }
  }
  if (line.includes('://')) deeds.push(...lessened(judgeAddresses(line), 'MEDIUM', 1))
  return deeds
}

/** What is quoted may be of any language. */
function withoutQuotes(command: string): string {
  return command.replace(/"[^"]{0,1024}"|'[^']{0,1024}'/g, '')
}
