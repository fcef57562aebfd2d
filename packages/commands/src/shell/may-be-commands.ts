const programs =
  /\b(?:rm|dd|mkfs|shred|wipefs|kill|shutdown|reboot|halt|poweroff|chmod|chown|sudo|su|doas|sh|bash|zsh|dash|ksh|nc|ncat|netcat|socat|curl|wget|git|terraform|kubectl|docker|aws|crontab|at|history|userdel|zfs|zpool|iptables|ufw|systemctl|service|vssadmin|certutil|bitsadmin|schtasks|format|del|rd|rmdir|reg|net|mshta|rundll32|regsvr32|wmic|powershell|pwsh|iex|iwr|irm|remove-item|invoke-\w+|python\d?|perl|ruby|php|chroot|unshare|nsenter|capsh|script|screen|tmux|pkexec|httpd|scp|rsync|dropdb|helm|pulumi|cdk|tofu|redis-cli|sc|bcdedit|cipher)\b|\bbin\/|\/dev\/(?:tcp|udp|sd)|\/etc\//i

/** How a name is written so that it does not stand there: quotes within words, escapes, variables, braces, globs. */
const disguises = /[$`\\]|\w(?:""|'')\w|\{\w*,|\?\?|["']\w{1,8}["']\w/

const operators = /[|;<>!=]|[&/]\w|["'][\w./]/

/** Something in the text may be a command: a program any rule speaks of, a disguise, an operator. Plain words have none. */
export function mayBeCommands(text: string): boolean {
  return operators.test(text) || mayBeCommand(text)
}

/** The same of a line that need not be of a shell: operators are in all languages. A cheap question, asked of every line. */
export function mayBeCommand(line: string): boolean {
  return disguises.test(line) || programs.test(line)
}
