/** Programs that run the command in their arguments, with the options of theirs that take a value. */
const wrappers: Readonly<Record<string, string>> = {
  sudo: 'ugpCThrtUD',
  doas: 'uC',
  pkexec: '',
  run0: '',
  gsudo: 'u',
  env: 'uCS',
  nohup: '',
  setsid: '',
  nice: 'n',
  ionice: 'cn',
  chrt: 'TPD',
  timeout: 'ks',
  stdbuf: 'ioe',
  time: 'fo',
  xargs: 'IEnPsaLd',
  command: '',
  builtin: '',
  exec: 'a',
  busybox: '',
  toybox: '',
  unbuffer: '',
  rlwrap: 'cfD',
  proxychains: 'f',
  proxychains4: 'f',
  torify: '',
  torsocks: '',
  firejail: '',
  taskset: '',
  unshare: '',
  setarch: '',
  linux64: '',
  strace: 'eopsuaE',
  ltrace: 'eopsuaL',
  catchsegv: '',
  parallel: 'jIN',
  watch: 'nd',
  eval: '',
  caffeinate: 't',
  flock: 'wE',
  softlimit: 'dsmlafoctr',
}
/** Of these, the first argument that is no option is their own: a duration, a lock, a processor. */
const ownArgument: ReadonlySet<string> = new Set(['timeout', 'flock', 'taskset', 'setarch'])
const options = Object.assign(Object.create(null) as Record<string, string | undefined>, wrappers)

export interface Unwrapped {
  /** What remains. */
  readonly words: readonly string[]
  /** What was taken off. */
  readonly wrappers: readonly string[]
  /** Variables set on the way: `sudo A=b`. */
  readonly assignments: readonly { readonly name: string; readonly value: string }[]
}

/** Takes off `sudo`, `env A=b`, `timeout 5`: at most 8 of them. */
export function unwrap(words: readonly string[]): Unwrapped {
  const assignments: { name: string; value: string }[] = []
  const taken: string[] = []
  let rest = words
  while (taken.length < 8) {
    const name = baseName(rest[0] ?? '')
    const valued = options[name]
    if (valued === undefined) break
    let at = 1
    while (at < rest.length) {
      const word = rest[at] ?? ''
      const set = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(word)
      if (set !== null) {
        assignments.push({ name: set[1] ?? '', value: set[2] ?? '' })
        at += 1
      } else if (word === '--') {
        at += 1
        break
      } else if (word.startsWith('-')) at += word.length === 2 && valued.includes(word.slice(1)) ? 2 : 1
      else break
    }
    if (ownArgument.has(name)) at += 1
    if (at >= rest.length) break
    taken.push(name)
    rest = rest.slice(at)
  }
  return { words: rest, wrappers: taken, assignments }
}

/** `rm` of `/usr/bin/rm`, `\rm` and `C:\Tools\rm.exe`. */
export function baseName(path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
  return name.replace(/\.(?:exe|com|cmd)$/i, '')
}
