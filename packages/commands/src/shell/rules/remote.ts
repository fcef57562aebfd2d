import { after, before } from '../command.ts'
import { isDownloader, isInterpreter, isReader, isSender, isShell } from '../programs.ts'
import { type CommandRule, verdict } from '../rule.ts'
import { startsShell } from '../starts-shell.ts'

const socket =
  /\/inet\/(?:tcp|udp)\/|\bsocket\b|\bsockets?\.|TCPSocket|TCPServer|fsockopen|stream_socket|IO::Socket|Net::|net\.(?:connect|Socket|createConnection)|TcpClient|Socket::INET|\bsocat\b/
const endpoint = /\/dev\/(?:tcp|udp)\//

/** What is fetched is run: `curl … | sh`, `sh <(curl …)`, `eval "$(wget …)"`. */
export const runsDownload: CommandRule = (command) => {
  const { program, wrappers, substituted } = command
  const runs =
    isShell(program) || isInterpreter(program) || /^(?:source|\.)$/.test(program) || wrappers.includes('eval')
  if (!runs || program === 'jq') return undefined
  const piped = before(command).some((each) => isDownloader(each.program))
  const takesInput = isShell(program) || command.args.every((arg) => arg.startsWith('-'))
  if ((piped && takesInput) || substituted.some((each) => isDownloader(each.program))) {
    return verdict('shell.remote-execution', 'runs-download', 'HIGH', 0.85)
  }
  return undefined
}

/** A shell is tied to a connection. */
export const connectsShell: CommandRule = (command) => {
  const { program, args, line, writes, reads, input } = command
  const reverse = (rule: string, confidence: number) => verdict('shell.reverse-shell', rule, 'CRITICAL', confidence)
  if (
    [...writes, ...reads].some((target) => endpoint.test(target)) &&
    (isShell(program) || program === 'exec' || program === '')
  ) {
    return reverse('connects-shell', 0.95)
  }
  if (/^(?:nc|ncat|netcat|nc\.\w+)$/.test(program) && args.some((arg) => /^-[a-z]*[ec]$|^--(?:sh-)?exec/.test(arg))) {
    return reverse('netcat-runs-program', 0.9)
  }
  if (program === 'socat' && /\b(?:exec|system):/i.test(line) && /tcp|udp|openssl|sctp/i.test(line))
    return reverse('socat-runs-program', 0.95)
  if (
    isSender(program) &&
    after(command).some((each) => isShell(each.program)) &&
    !isDownloader(program) &&
    program !== 'ssh'
  ) {
    return reverse('connection-piped-to-shell', 0.85)
  }
  const code = `${line}\n${input}`
  if (isInterpreter(program) && socket.test(code)) {
    return startsShell(code) || /dup2|pty|subprocess|spawn|exec|getline|popen|cmd\.exe|IO\.popen/.test(code)
      ? reverse('code-connects-shell', 0.9)
      : verdict('shell.exfiltration', 'code-opens-connection', 'HIGH', 0.6)
  }
  return undefined
}

/** Opens a connection through the shell's own files. */
export const shellConnection: CommandRule = ({ program, writes, reads, line }) => {
  if (isShell(program))
    return endpoint.test(line) ? verdict('shell.reverse-shell', 'shell-connection', 'HIGH', 0.8) : undefined
  return [...writes, ...reads].some((target) => endpoint.test(target))
    ? verdict('shell.exfiltration', 'shell-connection', 'HIGH', 0.7)
    : undefined
}

/** Files are sent: by an option that names them, from input, or in an argument. */
const uploads =
  /(?:^|\s)(?:--upload-file|--post-file|--body-file|-T\s?\S|(?:-d|-F|--form|--data(?:-\w+)?|-X\s\w+\s-d)[= ]?\s?\S{0,40}@[^\s@])/
export const sendsFile: CommandRule = (command) => {
  const { program, line, reads, substituted, input } = command
  if (!isSender(program)) return undefined
  const sends = (rule: string, severity: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL', confidence: number) => {
    return verdict(
      'shell.exfiltration',
      rule,
      secret.test(`${line} ${reads.join(' ')}`) ? 'CRITICAL' : severity,
      confidence,
    )
  }
  if (/^(?:curl|wget|http|https|xh|wget2)$/.test(program) && uploads.test(line))
    return sends('uploads-file', 'HIGH', 0.6)
  if (substituted.some((each) => isReader(each.program)) && !/^(?:ssh|openssl|rsync|scp|restic)$/.test(program)) {
    return sends('sends-what-is-read', 'HIGH', 0.7)
  }
  if (/^(?:nc|ncat|netcat|nc\.\w+|telnet|openssl|finger|whois)$/.test(program)) {
    const connects = program !== 'openssl' || /s_client/.test(line)
    if (connects && (reads.length > 0 || input !== '')) return sends('sends-input', 'HIGH', 0.65)
  }
  const from = before(command)
  if (
    from.some((each) => isReader(each.program)) &&
    /^(?:nc|ncat|netcat|nc\.\w+|curl|telnet|wget|openssl|socat)$/.test(program)
  ) {
    const connects =
      program === 'openssl'
        ? /s_client/.test(line)
        : program !== 'curl' || /(?:-d|-T|-F|--data\S*|--upload-file)[= ]?\s?@?-/.test(line)
    if (from.some((each) => secret.test(each.line))) return sends('sends-secret', 'CRITICAL', 0.85)
    if (connects) return sends('sends-what-is-read', 'HIGH', 0.75)
  }
  if (/^(?:smbclient|ftp|lftp|sftp|ncftpput|tftp)$/.test(program) && /\bm?put\s/.test(`${line}\n${input}`))
    return sends('puts-file', 'HIGH', 0.5)
  if (program === 'socat' && /\b(?:file|open):/i.test(line) && /tcp|udp|openssl/i.test(line))
    return sends('sends-file', 'HIGH', 0.8)
  if (
    program === 'openssl' &&
    /s_client/.test(line) &&
    command.pipeline.length === 1 &&
    /-connect\s\S+$/.test(line) &&
    command.writes.length > 0
  ) {
    return verdict('shell.download', 'receives-file', 'HIGH', 0.6)
  }
  if (/^(?:scp|rsync|sftp|rclone)$/.test(program) && /\s\S+@?\S+:/.test(` ${line}`)) {
    return verdict('shell.exfiltration', 'copies-to-host', secret.test(line) ? 'HIGH' : 'LOW', 0.4)
  }
  return undefined
}

const secret =
  /\/etc\/(?:passwd|shadow|sudoers)|\.ssh\/|id_(?:rsa|ed25519|ecdsa)|\.aws\/|\.env\b|\.kube\/config|\.git-credentials|\.netrc|\.npmrc|\.gnupg|history\b/

/** Code of an interpreter that fetches or sends with its libraries. */
const fetches =
  /\b(?:urllib|urlopen|urlretrieve|requests\.(?:get|post)|http\.client|httplib|ftplib|open-uri|URI\.open|Net::HTTP|LWP::|getstore|HTTP::Tiny|file_get_contents\s?\(\s?["']?(?:https?|ftp|\$)|fopen\(["']https?|curl_init|SimpleHTTPServer|http\.server|HTTPServer|WEBrick|fetch\(|http\.(?:get|request)|require\(["'](?:https?|net)["']\)|URL\()/
export const codeTransfers: CommandRule = ({ program, args, input }) => {
  if (!isInterpreter(program)) return undefined
  const inline = args.some((arg) => /^-{1,2}(?:[a-zA-Z]*[cerR]|eval|exec|run|print)/.test(arg)) || input !== ''
  return inline && [...args, input].some((arg) => fetches.test(arg) && arg.length > 12)
    ? verdict('shell.download', 'code-transfers', 'HIGH', 0.6)
    : undefined
}

/** What can be fetched is written to a file: ordinary, and the first step of much that is not. */
export const downloads: CommandRule = (command) => {
  const { program, line, args } = command
  if (!isDownloader(program) || !args.some((arg) => /^\w+:\/\/|^\$|\w\.\w/.test(arg))) return undefined
  const file =
    /(?:^|\s)(?:-\w*[oO]\b|--output|--remote-name|--output-document)/.test(line) ||
    program === 'wget' ||
    command.writes.length > 0
  const shady =
    /(?:^|\s)(?:-k|--insecure|--no-check-certificate)(?:\s|$)/.test(line) ||
    /https?:\/\/\d{1,3}(?:\.\d{1,3}){3}\b/.test(line)
  if (!file) return undefined
  return verdict(
    'shell.download',
    'downloads',
    shady || /\/(?:tmp|dev\/shm|var\/tmp)\//.test(line) ? 'MEDIUM' : 'LOW',
    0.4,
  )
}

/** Files are offered to whoever asks. */
export const servesFiles: CommandRule = ({ program, line, reads, writes, args }) => {
  const serves = (severity: 'MEDIUM' | 'HIGH') => verdict('shell.exfiltration', 'serves-files', severity, 0.5)
  if (/^python[\d.]*$/.test(program) && /-m\s?(?:SimpleHTTPServer|http\.server)/.test(line)) return serves('MEDIUM')
  if (program === 'httpd' && /-f\b/.test(line)) return serves('HIGH')
  if (program === 'php' && args.includes('-S')) return serves('MEDIUM')
  if (/^ruby/.test(program) && /-run\b/.test(line)) return serves('HIGH')
  if (/^(?:nc|ncat|netcat)$/.test(program) && args.some((arg) => /^-\w*l/.test(arg) || arg === '--listen')) {
    return reads.length > 0
      ? serves('HIGH')
      : verdict('shell.download', 'receives-file', writes.length > 0 ? 'MEDIUM' : 'LOW', 0.5)
  }
  return undefined
}
