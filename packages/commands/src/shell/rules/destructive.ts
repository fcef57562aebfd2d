import type { ShellCommand } from '../command.ts'
import { type CommandRule, verdict } from '../rule.ts'

const destroys = (rule: string, severity: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL', confidence: number) =>
  verdict('shell.destructive', rule, severity, confidence)

/** All of the system, all of the user's, or what the system cannot be without. */
const everything =
  /^(?:\/|\/\*|\/\.|~\/?|~\/\*|\.\.\/\*?|\*|\/(?:etc|usr|bin|sbin|lib|lib64|boot|home|root|var|opt|dev|sys|proc|srv|mnt|System|Users|Library|Applications)(?:\/\*?)?|[A-Za-z]:[\\/]?\*?)$/
const device = /^\/dev\/(?:sd|hd|vd|xvd|nvme|mmcblk|disk|mapper\/|md|dm-|loop)\w*/

const has = ({ args }: ShellCommand, letter: RegExp, long: RegExp): boolean => {
  return args.some((arg) => (/^-\w/.test(arg) && letter.test(arg)) || long.test(arg))
}

export const removesFiles: CommandRule = (command) => {
  const { program, args, line } = command
  if (program !== 'rm' && program !== 'srm') return undefined
  if (args.includes('--no-preserve-root')) return destroys('removes-everything', 'CRITICAL', 0.98)
  const recursive = has(command, /[rR]/, /^--recursive$/)
  if (!recursive)
    return /[*]/.test(line) && has(command, /f/, /^--force$/) ? destroys('removes-files', 'LOW', 0.4) : undefined
  const targets = args.filter((arg) => !arg.startsWith('-'))
  if (targets.some((target) => everything.test(target) && target !== '*'))
    return destroys('removes-everything', 'CRITICAL', 0.95)
  if (targets.some((target) => target === '*' || /^(?:\$\w+\/?\*?|\$\{\w+\}\/?\*?|\.git\/?|\.)$/.test(target)))
    return destroys('removes-tree', 'MEDIUM', 0.6)
  return has(command, /f/, /^--force$/) ? destroys('removes-tree', 'MEDIUM', 0.5) : destroys('removes-tree', 'LOW', 0.4)
}

export const overwritesDevice: CommandRule = ({ program, args, writes, line }) => {
  if (writes.some((target) => device.test(target))) return destroys('overwrites-device', 'CRITICAL', 0.9)
  if (program === 'dd' && args.some((arg) => arg.startsWith('of=') && device.test(arg.slice(3))))
    return destroys('overwrites-device', 'HIGH', 0.85)
  if (
    /^(?:mkfs(?:\.\w+)?|mke2fs|wipefs|blkdiscard|mkswap|sgdisk|nwipe|badblocks)$/.test(program) &&
    args.some((arg) => device.test(arg))
  ) {
    return destroys('formats-device', 'HIGH', 0.8)
  }
  if (/^(?:shred|scrub|wipe)$/.test(program))
    return destroys('shreds', args.some((arg) => device.test(arg)) ? 'CRITICAL' : 'MEDIUM', 0.7)
  if (/^(?:mv|cp)$/.test(program) && / \/dev\/null$/.test(line)) return destroys('moves-to-nothing', 'HIGH', 0.8)
  return undefined
}

export const changesEverything: CommandRule = (command) => {
  const { program, args, line } = command
  if (
    /^(?:chmod|chown|chgrp|chattr|setfacl)$/.test(program) &&
    has(command, /R/, /^--recursive$/) &&
    args.slice(1).some((arg) => everything.test(arg) && arg !== '*')
  ) {
    return destroys('changes-everything', 'CRITICAL', 0.9)
  }
  if (program === 'chmod' && args.some((arg) => /^(?:0?777|a[+=]rwx|[ugo]{3}\+rwx)$/.test(arg)))
    return destroys('opens-to-all', 'MEDIUM', 0.6)
  if (program === 'find' && /\s-delete\b|-exec\s+(?:\/bin\/)?rm\s/.test(line)) {
    return destroys('removes-found', everything.test(args[0] ?? '') ? 'CRITICAL' : 'MEDIUM', 0.7)
  }
  return undefined
}

/** Of services and tools: what cannot be taken back. */
const irreversible: readonly (readonly [program: RegExp, line: RegExp, severity: 'MEDIUM' | 'HIGH', rule: string])[] = [
  [
    /^(?:shutdown|reboot|halt|poweroff|init|telinit)$/,
    /^(?!.*(?:-c|--help)\b)(?:$|[06]$|.*(?:-|now|\+\d))/,
    'MEDIUM',
    'stops-system',
  ],
  [/^kill$/, /^-(?:9|KILL|SIGKILL)\s+-1\b/, 'HIGH', 'kills-everything'],
  [
    /^git$/,
    /^push\b.*\s(?:--force|-f|--mirror|--delete)(?:\s|$)|^reset\s.*--hard|^clean\s.*-\w*f|^filter-branch|^branch\s+-D|^reflog\s+expire/,
    'MEDIUM',
    'rewrites-repository',
  ],
  [
    /^(?:terraform|tofu|terragrunt|pulumi|cdk)$/,
    /^(?:apply\s.*)?-?-?destroy\b.*(?:-auto-approve|--yes|-y\b|--force)/,
    'HIGH',
    'destroys-infrastructure',
  ],
  [/^(?:terraform|tofu|terragrunt|pulumi|cdk)$/, /^destroy\b/, 'MEDIUM', 'destroys-infrastructure'],
  [
    /^(?:kubectl|oc)$/,
    /^delete\b.*(?:--all\b|\bnamespaces?\b|\bns\b|\bpv\b|\bcrd\b)/,
    'HIGH',
    'deletes-cluster-resources',
  ],
  [/^(?:kubectl|oc|helm)$/, /^(?:delete|drain|uninstall)\b/, 'MEDIUM', 'deletes-cluster-resources'],
  [
    /^aws$/,
    /^s3\s+(?:rb\b.*--force|rm\b.*--recursive)|terminate-instances|delete-(?:db|bucket|stack|cluster|table|volume|snapshot|user)/,
    'HIGH',
    'deletes-cloud-resources',
  ],
  [
    /^(?:gcloud|az|gsutil|doctl)$/,
    /\bdelete\b.*(?:--quiet|-q\b|--yes|-y\b|--force)|^-m\s+rm\s+-r|^rm\s+-r/,
    'HIGH',
    'deletes-cloud-resources',
  ],
  [
    /^(?:docker|podman)$/,
    /^(?:system|volume)\s+prune\b.*-\w*f|^volume\s+rm\b|^rm\s+-\w*f/,
    'MEDIUM',
    'deletes-containers',
  ],
  [
    /^(?:dropdb|mongo|mongosh|redis-cli|mysqladmin)$/,
    /dropDatabase|FLUSHALL|FLUSHDB|\bdrop\b|^\S+$/i,
    'MEDIUM',
    'drops-database',
  ],
  [
    /^(?:iptables|ip6tables|nft|ufw|setenforce|auditctl)$/,
    /^(?:-F|--flush|flush\s+ruleset|disable|reset|0$|-D$)/,
    'MEDIUM',
    'opens-firewall',
  ],
  [
    /^(?:systemctl|service)$/,
    /^(?:stop|disable|mask)\b.*(?:auditd|firewalld|ufw|sshd|rsyslog|apparmor|falcon|crowdstrike|defender)|(?:auditd|firewalld|ufw|apparmor)\s+stop/,
    'HIGH',
    'stops-protection',
  ],
  [/^(?:crontab)$/, /^-r\b/, 'MEDIUM', 'removes-schedule'],
  [/^(?:history)$/, /^-c\b|-cw?\b/, 'MEDIUM', 'hides-traces'],
  [/^(?:userdel|deluser)$/, /./, 'MEDIUM', 'deletes-user'],
  [/^(?:zpool|zfs|lvremove|vgremove|pvremove)$/, /^destroy\b|^\S/, 'MEDIUM', 'deletes-volume'],
  [/^truncate$/, /-s\s?0\b.*\/(?:var|etc)\//, 'HIGH', 'hides-traces'],
]
export const cannotBeUndone: CommandRule = ({ program, line }) => {
  const found = irreversible.find(([name, form]) => name.test(program) && form.test(line.slice(0, 4096)))
  return found && destroys(found[3], found[2], 0.6)
}
