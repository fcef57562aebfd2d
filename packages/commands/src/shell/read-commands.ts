import {
  type Command,
  forEachChild,
  parse,
  type Redirected,
  type Redirection,
  type SyntaxNode,
  type Word,
} from 'unbash'
import type { ShellCommand } from './command.ts'
import { isDisguised } from './disguise.ts'
import { expandWord } from './expand-word.ts'
import { unglob } from './glob-program.ts'
import { mayBeCommand } from './may-be-commands.ts'
import { isDeep } from './nesting.ts'
import { isShell } from './programs.ts'
import { Variables } from './variables.ts'
import { baseName, unwrap } from './wrappers.ts'

/** Commands in substitutions and in texts handed to shells are read this deep. */
const deepest = 8
/** Of a text so many commands are read, and more of a longer one: those that people write are longer. */
const fewest = 32
const unitsPerCommand = 16
/** Syntax may nest deeper than substitutions: lists in loops in functions. */
const deepestSyntax = 64
/** Each command of a pipeline looks at the others. */
const longestPipeline = 64

interface Reading {
  readonly variables: Variables
  readonly found: ShellCommand[]
  /** How many commands may still be read. */
  readonly budget: { left: number }
  /** UTF-16 units of the text before what is parsed. */
  readonly base: number
  /** Where text handed to a shell stands: its commands are placed there. */
  readonly place: { readonly start: number; readonly end: number } | undefined
  /** The pipeline that is being read. */
  readonly pipeline: ShellCommand[] | undefined
}

export interface Commands {
  readonly commands: readonly ShellCommand[]
  /** There were not more of them than are read. */
  readonly complete: boolean
}

/** The simple commands of a text, those within others before them. What is no shell as a whole is read line by line besides. */
export function readCommands(text: string): Commands {
  const found: ShellCommand[] = []
  const most = Math.max(fewest, text.length / unitsPerCommand)
  const budget = { left: most }
  const isRead = readScript(text, { found, budget, base: 0 })
  const tooMany = budget.left <= 0
  if (isRead && !tooMany) return { commands: found, complete: true }
  // Short commands without number are put before one that is not to be read: then each piece is looked at for itself.
  budget.left = most
  for (const match of text.matchAll(tooMany ? /[^\n;&|]+/g : /[^\n]+/g)) {
    // As it is put behind something that was meant to end: `; id`, `| id`, `&& id`.
    const begins = match[0].search(/[^\s;|&)"']/)
    if (begins !== -1 && (begins > 0 || match[0].length < text.length) && mayBeCommand(match[0])) {
      readScript(match[0].slice(begins), { found, budget, base: match.index + begins })
    }
  }
  return { commands: found, complete: !tooMany && budget.left > 0 }
}

/** Whether it could be read without a doubt. */
function readScript(text: string, reading: Pick<Reading, 'found' | 'budget' | 'base'>): boolean {
  if (isDeep(text)) return false
  try {
    const script = parse(text)
    visit(script, { ...reading, variables: new Variables(), place: undefined, pipeline: undefined }, 0, 0)
    return script.errors === undefined || script.errors.length === 0
  } catch {
    return false // Left to the patterns.
  }
}

function visit(node: SyntaxNode, reading: Reading, depth: number, syntax: number): void {
  if (reading.budget.left <= 0 || syntax > deepestSyntax) return
  if (node.type === 'Script' && depth > deepest) return
  if (node.type === 'Command') {
    readCommand(node, reading, depth)
    return
  }
  if (node.type === 'Redirected') readRedirected(node, reading)
  const inner = node.type === 'Pipeline' ? { ...reading, pipeline: [] } : reading
  forEachChild(node, (child) => visit(child, inner, node.type === 'Script' ? depth + 1 : depth, syntax + 1))
}

function readCommand(node: Command, reading: Reading, depth: number): void {
  reading.budget.left -= 1
  const { variables } = reading
  const assignments = node.prefix.flatMap((part) => {
    if (part.type !== 'Assignment' || part.value.type !== 'Word') return []
    const value = expandWord(part.value, variables).join(' ')
    return [{ name: part.name, value: part.append ? (variables.get(part.name) ?? '') + value : value }]
  })
  if (node.name === undefined) for (const { name, value } of assignments) variables.set(name, value)

  const substituted: ShellCommand[] = []
  forEachChild(node, (child) =>
    readSubstituted(child, { ...reading, found: substituted, pipeline: undefined }, depth, 0),
  )
  reading.found.push(...substituted)

  const name = node.name && expandWord(node.name, variables)
  const given = node.args.flatMap((arg) => {
    if (arg.type === 'Word') return expandWord(arg, variables)
    if (arg.value.type !== 'Word') return [arg.text]
    const value = expandWord(arg.value, variables).join(' ')
    variables.set(arg.name, value)
    return [`${arg.name}=${value}`]
  })
  const written = [...(name ?? []), ...given]
  const unwrapped = unwrap(written)
  const [path = '', ...words] = unwrapped.words
  const plain = unglob(path)
  const args = words.map(unglob)
  const globs = plain !== path || args.some((arg, at) => arg !== words[at])
  const place = reading.place ?? placeOf(node, reading)
  const command: Omit<ShellCommand, 'pipeline'> = {
    program: baseName(plain),
    path: plain,
    args,
    line: args.join(' '),
    assignments: [...assignments, ...unwrapped.assignments],
    ...redirected(node.redirects, variables),
    wrappers: unwrapped.wrappers,
    disguised: globs || (node.name !== undefined && isDisguised(node.name.text, baseName(plain))),
    substituted,
    ...place,
  }
  const pipeline = reading.pipeline !== undefined && reading.pipeline.length < longestPipeline ? reading.pipeline : []
  const whole = { ...command, pipeline }
  pipeline.push(whole)
  reading.found.push(whole)
  const inner = textForShell(whole)
  if (inner === undefined || depth >= deepest) return
  try {
    visit(parse(inner), { ...reading, place, pipeline: undefined }, depth + 1, 0)
  } catch {
    // As above.
  }
}

/** What is redirected of a list or a loop is as a command without a program. */
function readRedirected(node: Redirected, reading: Reading): void {
  const pipeline: ShellCommand[] = []
  const command: ShellCommand = {
    program: '',
    path: '',
    args: [],
    line: '',
    assignments: [],
    ...redirected(node.redirects, reading.variables),
    wrappers: [],
    disguised: false,
    substituted: [],
    pipeline,
    ...(reading.place ?? placeOf(node, reading)),
  }
  pipeline.push(command)
  reading.found.push(command)
}

function placeOf({ pos, end }: { readonly pos: number; readonly end: number }, { base }: Reading) {
  return { start: base + pos, end: base + Math.max(end, pos + 1) }
}

/** The scripts in the words of a command, not the words themselves. */
function readSubstituted(node: SyntaxNode, reading: Reading, depth: number, syntax: number): void {
  if (depth >= deepest || syntax > deepestSyntax || reading.budget.left <= 0) return
  if (node.type === 'Script') {
    const place = node.source === undefined ? reading.place : placeOf(node, reading)
    visit(node, { ...reading, place, pipeline: undefined }, depth + 1, 0)
    return
  }
  forEachChild(node, (child) => readSubstituted(child, reading, depth, syntax + 1))
}

function redirected(
  redirects: readonly Redirection[],
  variables: Variables,
): Pick<ShellCommand, 'writes' | 'reads' | 'input'> {
  const writes: string[] = []
  const reads: string[] = []
  let input = ''
  const text = (word: Word | undefined): string => (word === undefined ? '' : expandWord(word, variables).join(' '))
  for (const redirect of redirects) {
    if (redirect.type === 'HereDoc') input += redirect.body.text
    else if (redirect.type === 'HereString') input += text(redirect.target)
    else if (redirect.operator.includes('>')) writes.push(text(redirect.target))
    else reads.push(text(redirect.target))
    if (redirect.type === 'Redirect' && redirect.operator === '<>') reads.push(text(redirect.target))
  }
  return { writes, reads, input }
}

/** What a command hands to a shell to run: `sh -c '…'`, `eval …`, `su -c …`, a here-document. */
function textForShell({ program, path, args, input, wrappers }: ShellCommand): string | undefined {
  if (wrappers.at(-1) === 'eval') return [path, ...args].join(' ')
  if (!isShell(program) && program !== 'su' && program !== 'script' && program !== 'ssh') return undefined
  const flag = args.findIndex((arg) => /^-[a-z]{0,6}c$/.test(arg))
  if (flag !== -1 && program !== 'ssh') return args[flag + 1]
  if (program === 'ssh') return undefined
  return input === '' ? undefined : input
}
