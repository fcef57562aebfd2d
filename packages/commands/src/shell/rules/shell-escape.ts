import { isElevated } from '../command.ts'
import { isInterpreter, isShell } from '../programs.ts'
import { type CommandRule, verdict } from '../rule.ts'
import { runsPrograms, startsShell } from '../starts-shell.ts'
import { isSystemProgram } from '../system-programs.ts'

const shellEscape = (rule: string, confidence: number, severity: 'MEDIUM' | 'HIGH' = 'HIGH') =>
  verdict('shell.privilege-escalation', rule, severity, confidence)

/** To these a shell's path is a setting or a file like others. */
const namesShells =
  /^(?:chsh|usermod|useradd|adduser|ls|ll|file|which|whereis|whence|type|hash|stat|readlink|realpath|ldd|test|\[|\[\[|apt|apt-get|dnf|yum|pacman|apk|brew|dpkg|rpm|pkg|man|tldr|help|echo|printf|grep|rg|diff|cmp|sha256sum|md5sum|basename|dirname|env|export|crontab)$/
/** These run a shell in a container or on another host, as is usual. */
const elsewhere =
  /^(?:docker|podman|kubectl|oc|lxc|nerdctl|crictl|ctr|distrobox|toolbox|machinectl|ssh|mosh|vagrant|wsl|adb|chroot|arch-chroot|heroku|fly|flyctl)$/

/** A program that is no shell is given one to start, or code that starts one. */
export const startsAShell: CommandRule = ({ program, args, assignments, wrappers }) => {
  if (assignments.some(({ name, value }) => name !== 'SHELL' && startsShell(value)))
    return shellEscape('shell-in-variable', 0.8)
  if (program === '' || isShell(program) || namesShells.test(program)) return undefined
  if (!args.some(startsShell)) return undefined
  if (
    elsewhere.test(program) &&
    !args.some((arg) => /[;&|!`(<]/.test(arg) && startsShell(arg)) &&
    wrappers.length === 0
  ) {
    return shellEscape('shell-elsewhere', 0.3, 'MEDIUM')
  }
  return shellEscape('shell-escape', 0.85)
}

/** What is left of a command without the programs it is wrapped in is a shell to be typed into. */
export const wrappedShell: CommandRule = ({ program, path, args, wrappers, writes, reads, pipeline }) => {
  if (!isShell(program)) return undefined
  if (wrappers.length > 0 && args.every((arg) => /^[-+]/.test(arg) && !/^-\w*c$/.test(arg)) && pipeline.length === 1) {
    return shellEscape('wrapped-shell', 0.8)
  }
  if ([...writes, ...reads].some((target) => /^&?[012]$/.test(target))) return shellEscape('shell-on-terminal', 0.75)
  if (/^\.{1,2}\//.test(path) && args.includes('-p')) return shellEscape('privileged-shell', 0.9)
  return args[0] === '-p' && args.length === 1 ? shellEscape('privileged-shell', 0.7) : undefined
}

/** One-liners of interpreters that run other programs. */
export const codeRunsPrograms: CommandRule = (command) => {
  const { program, args } = command
  if (!isInterpreter(program)) return undefined
  return args.some(runsPrograms) ? shellEscape('code-runs-programs', isElevated(command) ? 0.8 : 0.65) : undefined
}

/** Options of programs that name a command to run, whichever it is, where hardly anyone means to use them. */
const hooks =
  /(?:^|\s)(?:--checkpoint-action[= ]?exec|--to-command[= ]|--use-compress-program[= ]?\S*sh|--rsh[= ].*sh\b|-TT\s|--unzip-command[= ]|--on-download-\w+[= ]|--batch-interpreter|--eval[= ].*\b(?:shell|system|exec)\b|--exec[= ]['"]?!|--shell-escape|--script-security\s+2.*--up)|\bProxyCommand[= ]|\bLocalCommand[= ]|\bPermitLocalCommand|::(?:Pre|Post)-Invoke|-wrapper\s|\.shell\s|\\!|Xlua_script/
export const hookOption: CommandRule = ({ program, line, args }) => {
  if (program === 'ssh' && /ProxyCommand[= ]/.test(line) && !/ProxyCommand[= ](?:['"]?\s*)?[;|&]/.test(line))
    return undefined
  // `find … -exec sh`: but `sh -c` runs what it is given, as many do.
  if (/(?:^|\s)-(?:exec|ok)(?:dir)?\s+(?:\S{0,32}\/)?(?:ba|da|z|k)?sh(?!\s+-\w*c\b)/.test(line))
    return shellEscape('hook-option', 0.8)
  if (program === 'sed' && args.some((arg) => /^(?:\d+|\$)?e(?:\s|$)|^\d+e\s+\S/.test(arg)))
    return shellEscape('hook-option', 0.7)
  if (/^(?:split)$/.test(program) && /--filter[= ]/.test(line) && startsShell(line))
    return shellEscape('hook-option', 0.8)
  return hooks.test(line.slice(0, 4096)) ? shellEscape('hook-option', 0.75) : undefined
}

/** Editors told on the command line to run a program: `vim -c ':!id'`, `vim -c ':py import os; …'`. */
export const editorCommand: CommandRule = ({ program, args }) => {
  if (!/^(?:vi|vim|vimdiff|nvim|ex|view|r?vim|rview|ed|emacs|less|more|gdb|nano)$/.test(program)) return undefined
  return args.some((arg) =>
    /^-?c?[":]{0,2}(?:!|\\!)\s?\S|\b(?:set\s+shell=|:?shell\b|:?(?:py3?|python3?|lua|perl|ruby)\s)|^\+?:?!/.test(arg),
  )
    ? shellEscape('editor-command', 0.8)
    : undefined
}

/** A program of the system is run from the working directory: a copy that someone left there, as with the set-user-ID bit. */
export const localCopy: CommandRule = ({ path, program }) => {
  return /^\.\/[^/]+$/.test(path) && isSystemProgram(program) && !/^(?:install|bootstrap|make)$/.test(program)
    ? shellEscape('local-copy', 0.7)
    : undefined
}

/** A terminal of its own that records nothing, and a service or a set of scripts that is a shell. */
export const otherWaysToAShell: CommandRule = ({ program, args, line }) => {
  if (program === 'script' && args.includes('/dev/null')) return shellEscape('terminal-of-its-own', 0.7)
  if (
    /^(?:service|run-parts|systemd-run)$/.test(program) &&
    /(?:\.\.\/|\^)\S*(?:ba|da|z)?sh\b|\s-t\b.*sh\b/.test(` ${line}`)
  ) {
    return shellEscape('shell-as-service', 0.75)
  }
  return undefined
}
