/** One simple command of a text, with its quotes, variables and braces undone and what it is wrapped in taken off. */
export interface ShellCommand {
  /** The last part of the program's path, without `.exe`: `rm` of `/bin/rm`. Empty where there are only assignments. */
  readonly program: string
  /** The program as it stands, quotes undone. */
  readonly path: string
  readonly args: readonly string[]
  /** All arguments with a space between. */
  readonly line: string
  readonly assignments: readonly { readonly name: string; readonly value: string }[]
  /** Targets of `>` and `>>`, and of `<`. */
  readonly writes: readonly string[]
  readonly reads: readonly string[]
  /** Texts of here-documents and here-strings. */
  readonly input: string
  /** The programs it runs under: `sudo`, `xargs`, `nohup`. */
  readonly wrappers: readonly string[]
  /** The program's name was put together from quotes, escapes, variables or globs. */
  readonly disguised: boolean
  /** The commands substituted in its words: `$(…)`, backquotes, `<(…)`. */
  readonly substituted: readonly ShellCommand[]
  /** The commands of its pipeline in order, itself among them. */
  readonly pipeline: readonly ShellCommand[]
  /** UTF-16 offsets in the text judged. */
  readonly start: number
  readonly end: number
}

/** The commands that what this one prints goes through. */
export function after(command: ShellCommand): readonly ShellCommand[] {
  return command.pipeline.slice(command.pipeline.indexOf(command) + 1)
}

/** The commands whose output it reads. */
export function before(command: ShellCommand): readonly ShellCommand[] {
  return command.pipeline.slice(0, command.pipeline.indexOf(command))
}

/** It was run as another user, as a rule root. */
export function isElevated({ wrappers }: ShellCommand): boolean {
  return wrappers.some((wrapper) => elevators.has(wrapper))
}

const elevators: ReadonlySet<string> = new Set(['sudo', 'doas', 'pkexec', 'run0', 'gsudo'])
