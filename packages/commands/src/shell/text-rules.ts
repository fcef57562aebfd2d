import type { Verdict } from './rule.ts'

/** A form in the text itself, for what is not written in a POSIX shell's language or not in one command. */
export interface TextRule extends Verdict {
  readonly pattern: RegExp
}

const shell = '(?:ba|da|z|k|c|tc|fi|a)?sh'

export const textRules: readonly TextRule[] = [
  rule(
    'shell.destructive',
    'fork-bomb',
    'CRITICAL',
    0.95,
    /(?<![\w.:])([\w.:]{1,32})\s?\(\)\s?\{\s{0,4}\1\s?(?:\(\))?\s?\|\s?\1\s?(?:\(\))?\s?[&;]/,
  ),
  rule('shell.obfuscation', 'field-separator', 'HIGH', 0.85, /[\w/]\$(?:\{IFS[^}\n]{0,16}\}|IFS(?:\$\d)?)(?=[\w$/.-])/),
  // Typed into a pager, an editor, a debugger or a client: `!/bin/sh`, `:!sh`, `:set shell=/bin/sh`, `\! sh`, `> !sh`.
  rule(
    'shell.privilege-escalation',
    'typed-escape',
    'HIGH',
    0.8,
    new RegExp(
      `^[ \\t]{0,8}(?:[\\w-]{0,16}> ?)?[:\\\\?|^\\]"v]{0,3}!\\s?(?:exec\\s{1,2}['"]?)?(?:/\\S{0,32}/)?${shell}\\b`,
      'm',
    ),
  ),
  rule(
    'shell.privilege-escalation',
    'typed-escape',
    'HIGH',
    0.8,
    /^[ \t]{0,8}:(?:set\s+shell=|shell\b|py3?\s|lua\s|!\S)/m,
  ),
  rule(
    'shell.privilege-escalation',
    'typed-escape',
    'HIGH',
    0.7,
    new RegExp(
      `^[ \\t]{0,8}(?:reset; ?)?(?:exec|shell|spawn|system|\\.shell|-e)\\s{1,4}["'(]?(?:/\\S{0,32}/)?${shell}["')]?(?:\\s|$)`,
      'm',
    ),
  ),
  rule(
    'shell.privilege-escalation',
    'typed-shell',
    'HIGH',
    0.6,
    /\n[ \t]{0,8}(?:\/usr)?\/bin\/(?:ba|da|z)?sh[ \t]{0,8}(?=\n|$)/,
  ),
  rule(
    'shell.privilege-escalation',
    'typed-code',
    'HIGH',
    0.7,
    new RegExp(
      `^[ \\t]{0,8}(?:import os;?\\s{0,4})?(?:os\\.)?(?:system|execute|exec[lv]?p?e?|spawn[lv]?p?|popen|shell_exec|passthru)\\s?[\\s(\\["'\`]{1,4}(?:/[\\w/]{0,32}/)?${shell}\\b`,
      'm',
    ),
  ),
  rule(
    'shell.privilege-escalation',
    'code-starts-shell',
    'HIGH',
    0.65,
    /\b(?:system|execSync|exec[lv]?[pe]{0,2}|popen|spawn|passthru|shell_exec|getRuntime\(\)\.exec)\s?\(\s?["'](?:\/usr)?\/bin\/(?:ba|da|z)?sh\b/,
  ),
  // PowerShell and cmd.exe.
  rule(
    'shell.obfuscation',
    'encoded-command',
    'HIGH',
    0.9,
    /\b(?:powershell|pwsh)(?:\.exe)?\b[^\n]{0,256}\s[-/]e(?:n(?:c(?:o(?:d(?:e(?:d(?:c\w{0,6})?)?)?)?)?)?)?\s{1,4}["']?[A-Za-z0-9+/=]{16}/i,
  ),
  rule(
    'shell.remote-execution',
    'powershell-cradle',
    'CRITICAL',
    0.92,
    /\b(?:iex|invoke-expression)\b[^\n]{0,256}(?:download(?:string|data|file)|invoke-webrequest|invoke-restmethod|\biwr\b|\birm\b|net\.webclient|\bcurl\b)|(?:download(?:string|data)|invoke-webrequest|invoke-restmethod|\biwr\b|\birm\b)[^\n]{0,256}\|\s{0,4}(?:iex|invoke-expression)\b/i,
  ),
  rule(
    'shell.download',
    'powershell-download',
    'HIGH',
    0.7,
    /\bnew-object\s{1,4}(?:system\.)?net\.webclient\b|\.download(?:string|file|data)\s?\(|\bstart-bitstransfer\b[^\n]{0,128}https?:/i,
  ),
  rule(
    'shell.download',
    'web-request',
    'MEDIUM',
    0.5,
    /\b(?:invoke-webrequest|invoke-restmethod|iwr|irm)\s[^\n]{0,64}https?:/i,
  ),
  rule(
    'shell.reverse-shell',
    'powershell-socket',
    'CRITICAL',
    0.92,
    /net\.sockets\.tcpclient[\s\S]{0,512}?(?:getstream|iex|invoke-expression|cmd)/i,
  ),
  rule(
    'shell.download',
    'system-download',
    'HIGH',
    0.9,
    /\bcertutil(?:\.exe)?\b[^\n]{0,64}[-/](?:urlcache|verifyctl|decode(?:hex)?)\b|\bbitsadmin(?:\.exe)?\b[^\n]{0,64}\/(?:transfer|addfile|create)|\b(?:desktopimgdownldr|esentutl|extrac32|makecab|ieexec|certreq|cmdl32|(?:expand|findstr|finger|print|replace|xcopy|hh)\.exe)(?:\.exe)?\b[^\n]{0,64}(?:https?:|\\\\[\w.-]{1,64}\\)/i,
  ),
  rule(
    'shell.remote-execution',
    'system-proxy',
    'HIGH',
    0.9,
    /\b(?:mshta|rundll32|regsvr32|msiexec|wscript|cscript|cmstp|installutil|msbuild|regasm|regsvcs|odbcconf|pcalua|presentationhost|mavinject|xwizard|wmic|forfiles|hh|conhost|scriptrunner|syncappvpublishingserver|msxsl|infdefaultinstall|pubprn|winrm|dnscmd|control\.exe|ftp\.exe)(?:\.exe|\.vbs)?\b[^\n]{0,160}(?:https?:|javascript:|vbscript:|scrobj\.dll|\\\\[\w.-]{1,64}\\|process\s{1,4}call\s{1,4}create|url\.dll|shell32\.dll,|advpack\.dll|ieadvpack|setupapi\.dll|comsvcs\.dll|zipfldr\.dll|pcwutl\.dll|\/logfile=|\/s\s+\S{1,64}\.inf|\b(?:cmd|calc|powershell)(?:\.exe)?\b)/i,
  ),
  rule(
    'shell.privilege-escalation',
    'dumps-credentials',
    'CRITICAL',
    0.9,
    /\bcomsvcs\.dll\b[^\n]{0,32}minidump|\bprocdump\w{0,4}(?:\.exe)?\b[^\n]{0,64}lsass|\breg(?:\.exe)?\s{1,4}save\s{1,4}hklm\\(?:sam|system|security)\b|\bntdsutil\b[^\n]{0,64}ifm|\bsekurlsa::|invoke-mimikatz/i,
  ),
  rule(
    'shell.persistence',
    'windows-startup',
    'HIGH',
    0.8,
    /\bschtasks(?:\.exe)?\b[^\n]{0,32}\/create|\breg(?:\.exe)?\s{1,4}add\b[^\n]{0,128}\\(?:run|runonce|winlogon|image file execution options)\b|\bsc(?:\.exe)?\s{1,4}(?:\\\\\S{1,32}\s{1,4})?create\b[^\n]{0,64}binpath|\bregister-scheduledtask\b|\bnew-service\b[^\n]{0,64}-binarypathname|\bnew-itemproperty\b[^\n]{0,128}\\run\b/i,
  ),
  rule(
    'shell.destructive',
    'windows-destruction',
    'CRITICAL',
    0.9,
    /\bvssadmin(?:\.exe)?\s{1,4}(?:delete|resize)\s{1,4}shadow|\bwmic\s{1,4}shadowcopy\s{1,4}delete|\bbcdedit\b[^\n]{0,64}recoveryenabled\s{1,4}no|\bwbadmin\s{1,4}delete\b|\bformat(?:\.com)?\s{1,4}[a-z]:\s{0,4}\/|\bcipher\s{1,4}\/w|\bremove-item\b[^\n]{0,64}-recurse[^\n]{0,64}\s["']?[a-z]:\\(?:\s|["'*]|windows|users|$)|\b(?:rd|rmdir|del|erase)\b(?:\s{1,4}\/[a-z]){1,5}\s{1,4}["']?(?:[a-z]:\\(?:["'*\s]|$|windows|users)|%(?:systemroot|userprofile|systemdrive)%)/i,
  ),
  rule(
    'shell.privilege-escalation',
    'disables-protection',
    'HIGH',
    0.85,
    /\bset-mppreference\b[^\n]{0,64}-disable\w{1,40}\s{1,4}(?:\$true|1)|\badd-mppreference\b[^\n]{0,32}-exclusion|\bnetsh\s{1,4}(?:advfirewall|firewall)\s{1,4}set\b[^\n]{0,64}(?:off|disable)|\bset-executionpolicy\s{1,4}(?:-executionpolicy\s{1,4})?(?:unrestricted|bypass)|\bwevtutil(?:\.exe)?\s{1,4}(?:cl|clear-log)\b|\bclear-eventlog\b/i,
  ),
  rule(
    'shell.privilege-escalation',
    'windows-administrators',
    'HIGH',
    0.85,
    /\bnet1?(?:\.exe)?\s{1,4}(?:localgroup\s{1,4}["']?(?:administrators|remote desktop users)["']?\s{1,4}\S{1,64}\s{1,4}\/add|user\s{1,4}\S{1,64}\s{1,4}\S{1,64}\s{1,4}\/add)/i,
  ),
  rule(
    'shell.remote-execution',
    'jndi-lookup',
    'CRITICAL',
    0.9,
    /\{(?:[jndi]|\$\{[^{}\n]{1,24}[jndi]\}){4}:(?:ldaps?|rmi|dns|iiop|corba|nis|nds|https?):/i,
  ),
  rule(
    'shell.remote-execution',
    'function-in-environment',
    'CRITICAL',
    0.95,
    /\(\)\s{0,4}\{\s{0,4}:?\s{0,4};\s{0,4}\}\s{0,4};/,
  ),
]

function rule(
  name: Verdict['class'],
  id: string,
  severity: Verdict['severity'],
  confidence: number,
  pattern: RegExp,
): TextRule {
  return { class: name, rule: id, severity, confidence, pattern: new RegExp(pattern.source, `${pattern.flags}g`) }
}
