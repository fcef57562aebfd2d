const shell = '(?:ba|da|z|k|c|tc|fi|a|mk|r)?sh'
const path = `(?:/[\\w.-]{1,32}){0,4}/${shell}`
const verb =
  'system|exec[lv]?[pe]{0,2}|execute|execSync|execFile|popen[23]?|proc_open|spawn[lv]?[pe]{0,2}|spawnSync|shell_exec|passthru|call|check_output|check_call|run|Popen|term|shell|callCommand|open3|pty\\.spawn|cmd|write18|start|fork|interact|command'

const forms: readonly RegExp[] = [
  // A shell's path, where it is neither the head of a script nor the head of a longer path.
  new RegExp(`(?<![\\w./!*])(?<!#![ \\t]?)(?:(?:\\.\\./){1,8}|(?:/usr)?(?:/local)?/)bin/${shell}(?![\\w./-])`),
  // `system("sh")`, `os.execute('/bin/sh')`, `exec "sh"`, `spawn /bin/sh`.
  new RegExp(`\\b(?:${verb})\\b[\\s({\\["'\`%q]{1,8}(?:${path}|${shell})(?![\\w./-])`),
  // `!sh`, `:!bash`, `\\! sh`; exec sh; reset; sh.
  new RegExp(`(?:^|[\\s"'\`;:\\\\(])!\\s{0,2}(?:exec\\s+)?(?:${path}|${shell})(?![\\w./=-])`),
  new RegExp(`\\b(?:exec|reset;)\\s+(?:${path}|${shell})(?![\\w./=-])`),
  // A shell whose input and output are tied to the terminal or to each other.
  new RegExp(`(?:^|[\\s"'\`;|&(/!])${shell}\\s+(?:-[ip]\\s+)?(?:\\d?[<>]&?\\s?(?:\\d|\\$|/dev/)|[<>]\\$\\()`),
]

/** The text, an argument or code, starts a shell: by its path, by a call that runs programs, by an editor's `!sh`. */
export function startsShell(text: string): boolean {
  return text.includes('sh') && forms.some((form) => form.test(text))
}

const calls =
  /\b(?:os\.(?:system|popen|exec[lv]|spawn)|subprocess\.|pty\.spawn|os\.execute|io\.popen|shell_exec|passthru|proc_open|pcntl_exec|child_process|execSync|spawnSync|getRuntime|ProcessBuilder|Deno\.(?:run|Command)|Bun\.spawn|IO\.popen|Kernel\.exec|callCommand|Open3)\b|\b(?:system|exec|popen)\s{0,2}[("'`[]|\bexec\s{1,2}["']|\bsystem\s{1,2}["'q]|write18\s?\{/

/** The code runs other programs, whichever they are. */
export function runsPrograms(code: string): boolean {
  return calls.test(code)
}
