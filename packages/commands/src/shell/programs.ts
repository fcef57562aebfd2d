const shells: ReadonlySet<string> = new Set(
  'sh bash dash zsh ksh mksh ash csh tcsh fish rbash rzsh yash posh elvish pwsh powershell sash'.split(' '),
)
const interpreters: ReadonlySet<string> = new Set(
  'perl ruby irb php lua luajit node nodejs deno bun awk gawk mawk nawk tclsh wish expect julia jjs jrunscript octave octave-cli Rscript R ghc ghci slsh guile gimp emacs emacsclient osascript groovy scala elixir erl swift gdb cpython pypy pypy3 ipython texlua pry knife puppet rpm rpmquery vim vimdiff nvim vi view rview rvim ex sed'.split(
    ' ',
  ),
)
const senders: ReadonlySet<string> = new Set(
  'curl wget nc ncat netcat nc.traditional nc.openbsd socat telnet ftp tftp sftp scp rsync ssh openssl whois finger http https xh aria2c axel lwp-request lwp-download GET POST smbclient mail mailx sendmail mutt dig nslookup host ping restic rclone lftp cancel wish ab httpie ksh fetch links lynx w3m'.split(
    ' ',
  ),
)
const readers: ReadonlySet<string> = new Set(
  'cat tac head tail less more nl xxd hexdump od base64 base32 strings tar zip gzip bzip2 xz zstd dd find env printenv set ls id whoami uname hostname ps cut sort grep awk sed tee rev openssl gpg mysqldump pg_dump history zcat bzcat xzcat ip ifconfig'.split(
    ' ',
  ),
)

export const isShell = (program: string): boolean => shells.has(program)

/** Runs code of its own language, or of a shell, that is given as an argument. Versions are of no matter: `python3.12`. */
export function isInterpreter(program: string): boolean {
  return interpreters.has(program) || /^(?:i?python|perl|ruby|php|lua|node|tclsh|pypy)[\d.]*$/.test(program)
}

/** Can send what it is given over a network. */
export const isSender = (program: string): boolean => senders.has(program)

/** Prints files or tells of the system. */
export const isReader = (program: string): boolean => readers.has(program)

/** Fetches what an address names and may print it. */
export function isDownloader(program: string): boolean {
  return /^(?:curl|wget|wget2|fetch|aria2c|axel|lwp-download|lwp-request|GET|http|https|xh|lynx|links|w3m)$/.test(
    program,
  )
}
