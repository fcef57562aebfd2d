import { before } from '../command.ts'
import { type CommandRule, verdict } from '../rule.ts'
import { startsShell } from '../starts-shell.ts'

const persists = (rule: string, severity: 'LOW' | 'MEDIUM' | 'HIGH', confidence: number) =>
  verdict('shell.persistence', rule, severity, confidence)

const schedules =
  /^\/etc\/(?:cron\S*|rc\.local|init\.d\/\S*|inittab|systemd\/system\/\S+|profile\.d\/\S*|profile|bash\.bashrc|xdg\/autostart\/\S*|ld\.so\.\S+|update-motd\.d\/\S*)|^\/var\/spool\/cron|^\/(?:usr\/)?lib\/systemd\/system\/|\/Library\/Launch(?:Agents|Daemons)\//
const startup =
  /(?:^|\/)\.(?:bashrc|bash_profile|profile|zshrc|zprofile|bash_login|xinitrc|config\/autostart\/\S+|config\/fish\/config\.fish|vimrc|gitconfig)$/
const keys = /\.ssh\/(?:authorized_keys2?|rc)\b/

/** What is started with the system or with a session is written, or who may log in. */
export const writesStartup: CommandRule = ({ program, args, writes, line, input }) => {
  const targets = /^(?:tee|cp|mv|install|ln|dd|sponge)$/.test(program) ? [...writes, ...args] : writes
  if (targets.some((target) => keys.test(target))) return persists('adds-login-key', 'HIGH', 0.8)
  if (targets.some((target) => schedules.test(target.replace(/^of=/, ''))))
    return persists('writes-schedule', 'HIGH', 0.7)
  if (!targets.some((target) => startup.test(target))) return undefined
  const shady =
    /curl|wget|\/dev\/tcp|\bnc\b|base64|nohup|\/tmp\/|alias\s+sudo/.test(`${line}${input}`) || startsShell(line)
  return persists('writes-startup', shady ? 'HIGH' : 'LOW', shady ? 0.8 : 0.3)
}

/** A job is scheduled from a pipe. */
export const schedulesJob: CommandRule = (command) => {
  const { program, args, line, input } = command
  const given = `${before(command)
    .map(({ line }) => line)
    .join('\n')}\n${input}`
  if (program === 'crontab' && (args.includes('-') || (args.length === 0 && given.trim() !== '')))
    return persists('schedules-job', 'HIGH', 0.7)
  if (/^(?:at|batch)$/.test(program) && given.trim() !== '')
    return persists('schedules-job', startsShell(given) ? 'HIGH' : 'MEDIUM', 0.6)
  if (program === 'systemctl' && /(?:^|\s)(?:link|enable)\s.*(?:\/|\$)/.test(line))
    return persists('enables-unit', 'HIGH', 0.6)
  if (program === 'launchctl' && /^(?:load|bootstrap)\b/.test(line)) return persists('enables-unit', 'LOW', 0.4)
  return undefined
}
