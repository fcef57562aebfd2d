import { isElevated } from '../command.ts'
import { isShell } from '../programs.ts'
import { type CommandRule, verdict } from '../rule.ts'

const privilege = (rule: string, severity: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL', confidence: number) =>
  verdict('shell.privilege-escalation', rule, severity, confidence)

/** The set-user-ID bit is set, or a capability that stands for it is given. */
export const setUserId: CommandRule = ({ program, args, line }) => {
  if (
    program === 'chmod' &&
    args.some((arg) => /^(?:[ugoa]{0,4}[+=][rwx]{0,3}s[rwxs]{0,3}|0?[24567][0-7]{3})$/.test(arg))
  ) {
    return privilege('set-user-id', args.some((arg) => /^0?[23][0-7]{3}$|^g[+=]/.test(arg)) ? 'MEDIUM' : 'HIGH', 0.8)
  }
  if (program === 'install' && /(?:-m|--mode)[= ]?\s?(?:\S{0,4}[+=]\w{0,3}s\w{0,3}|0?[4567][0-7]{3})/.test(line)) {
    return privilege('set-user-id', 'HIGH', 0.85)
  }
  if (program === 'setcap' && /cap_(?:set[ug]id|sys_admin|dac|sys_ptrace|chown|fowner)\w*[+=]/i.test(line)) {
    return privilege('capability', 'HIGH', 0.8)
  }
  return undefined
}

/** Files that decide who may do what are written. */
const authority =
  /^\/etc\/(?:sudoers|passwd|shadow|group|gshadow|pam\.d|doas\.conf|ld\.so\.preload|ssh\/sshd_config|security)\b/
export const writesAuthority: CommandRule = ({ program, args, writes }) => {
  const targets = /^(?:tee|cp|mv|ln|install|sponge|dd|sed|ed|chmod|chown)$/.test(program)
    ? [...writes, ...args]
    : writes
  const written = targets.some((target) => authority.test(target.replace(/^of=/, '')))
  if (!written || (program === 'sed' && !args.some((arg) => arg.startsWith('-i')))) return undefined
  if (/^(?:cp|mv|install|ln)$/.test(program) && !authority.test(args.at(-1) ?? '')) return undefined
  return privilege('writes-authority', 'HIGH', 0.8)
}

/** A program of the system is put in another's place: `cp /bin/sh /bin/mount`, `ln -fs /bin/sh …`, `mount -o bind /bin/sh …`. */
export const replacesProgram: CommandRule = ({ program, args }) => {
  if (!/^(?:cp|mv|ln|mount|install|rsync|dd)$/.test(program)) return undefined
  const shells = args.filter((arg) => /^(?:if=)?(?:\/usr)?\/bin\/(?:ba|da|z|k)?sh$/.test(arg))
  if (
    shells.length === 0 ||
    (args.length > 1 && shells.includes(args.at(-1) ?? '') && shells.length === 1 && program === 'ln')
  )
    return undefined
  return privilege('replaces-program', 'HIGH', 0.8)
}

/** The host's files or processes are opened to a container. */
export const leavesContainer: CommandRule = ({ program, line }) => {
  if (/^(?:docker|podman|nerdctl|ctr|lxc)$/.test(program)) {
    if (/(?:-v|--volume)[= ]\/:|source=\/[, ]|src=\/[, ]|source=\/ path=/.test(line))
      return privilege('mounts-host', 'HIGH', 0.85)
    if (/docker\.sock/.test(line)) return privilege('container-socket', 'MEDIUM', 0.5)
    return /--privileged\b|--pid[= ]host/.test(line) ? privilege('privileged-container', 'MEDIUM', 0.5) : undefined
  }
  return program === 'nsenter' && /(?:-t|--target)[= ]?1\b/.test(line)
    ? privilege('enters-host', 'HIGH', 0.8)
    : undefined
}

/** Another user's rights are taken: `sudo su`, `su -`, `runuser`, `capsh --`. */
export const becomesRoot: CommandRule = (command) => {
  const { program, args, line } = command
  if (
    isElevated(command) &&
    /^(?:su|login|capsh|tmux|screen|script)$/.test(program) &&
    !/\s(?:-c|ls|attach|list)/.test(` ${line}`)
  ) {
    return privilege('becomes-root', 'HIGH', 0.6)
  }
  if (/^(?:sudo|doas)$/.test(program) && args.some((arg) => /^-[is]$/.test(arg)))
    return privilege('becomes-root', 'HIGH', 0.6)
  if (program === 'capsh' && (args.includes('--') || /--[gu]id=0/.test(line)))
    return privilege('becomes-root', 'HIGH', 0.8)
  if (
    /^(?:usermod|gpasswd|adduser|net)$/.test(program) &&
    /\b(?:sudo|wheel|docker|root|lxd|disk|administrators)\b/i.test(line)
  ) {
    return privilege('joins-administrators', 'MEDIUM', 0.6)
  }
  return undefined
}

/** Code that takes the identity of root on. */
export const setsIdentity: CommandRule = ({ program, line }) => {
  if (isShell(program)) return undefined
  return /\b(?:set(?:res)?[ug]id\s?\(?\s?0|setuid\(0\)|POSIX::setuid|posix_setuid|os\.setuid|process\.setuid|Process::Sys\.setuid)/.test(
    line,
  )
    ? privilege('sets-identity', 'HIGH', 0.85)
    : undefined
}

/** A library or module of the caller's is loaded into a program that was not made for it. */
export const loadsLibrary: CommandRule = ({ assignments, line, program }) => {
  if (
    assignments.some(({ name, value }) => /^(?:LD_PRELOAD|LD_AUDIT|DYLD_INSERT_LIBRARIES)$/.test(name) && value !== '')
  ) {
    return privilege('preloads-library', 'HIGH', 0.65)
  }
  return /^(?:openssl|mysql|bash|ld\.so|ssh-keygen|gcc|tshark)$/.test(program) &&
    /(?:-engine|--default-auth|enable -f|-D)[= ]\.?\//.test(line)
    ? privilege('loads-library', 'HIGH', 0.7)
    : undefined
}

/** What only root may read is read, with whichever program, or the list of users. */
export const readsSecret: CommandRule = ({ program, args, reads }) => {
  const files = [...reads, ...args]
  if (/^(?:chmod|chown|ls|ll|stat|echo|printf|auditctl|find|test)$/.test(program)) return undefined
  if (files.some((file) => /\/etc\/(?:g?shadow-?|sudoers|master\.passwd)(?:$|[^\w.])/.test(file)))
    return privilege('reads-secret', 'HIGH', 0.75)
  return files.some((file) => /\/etc\/passwd(?:$|[^\w.-])/.test(file))
    ? privilege('reads-users', 'MEDIUM', 0.5)
    : undefined
}
