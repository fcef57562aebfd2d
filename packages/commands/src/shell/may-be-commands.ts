/** Something that a command may be: a program any rule speaks of, an operator, a substitution, a path. Plain words have none. */
const signs =
  /[|;<>`$\\!=]|[&/]\w|["'][\w./]|\w["']["']?\w|\{\w*,|\?\?|\b(?:rm|dd|mkfs|shred|wipefs|kill|shutdown|reboot|halt|poweroff|chmod|chown|sudo|su|doas|sh|bash|zsh|dash|ksh|nc|ncat|netcat|socat|curl|wget|git|terraform|kubectl|docker|aws|crontab|at|history|userdel|zfs|zpool|iptables|ufw|systemctl|service|vssadmin|certutil|bitsadmin|schtasks|format|del|rd|rmdir|reg|net|mshta|rundll32|regsvr32|wmic|powershell|pwsh|iex|iwr|irm|remove-item|invoke-\w+|python\d?|perl|ruby|php|chroot|unshare|nsenter|capsh|script|screen|tmux|pkexec|httpd|scp|rsync|dropdb|helm|pulumi|cdk|tofu|redis-cli|sc|bcdedit|cipher)\b/i

export function mayBeCommands(text: string): boolean {
  return signs.test(text)
}
