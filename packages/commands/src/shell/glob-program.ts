const paths = [
  ...[
    'sh',
    'bash',
    'dash',
    'zsh',
    'cat',
    'rm',
    'nc',
    'cp',
    'mv',
    'dd',
    'ls',
    'id',
    'tar',
    'chmod',
    'base64',
    'netcat',
  ].flatMap((name) => [`/bin/${name}`, `/usr/bin/${name}`]),
  ...['curl', 'wget', 'python', 'python3', 'perl', 'ruby', 'php', 'whoami', 'ncat', 'socat'].map(
    (name) => `/usr/bin/${name}`,
  ),
  '/etc/passwd',
  '/etc/shadow',
]

/** The well-known path that a glob stands for (`/???/c?t`), or the word itself. */
export function unglob(word: string): string {
  if (!word.startsWith('/') || word.length > 64 || !/[?*[]/.test(word)) return word
  const pattern = word.replace(/\[[^\]/]{1,16}\]|[\s\S]/g, (piece) => {
    if (piece === '?') return '[^/]'
    if (piece === '*') return '[^/]{0,16}'
    return piece.length > 1
      ? `[${piece
          .slice(1, -1)
          .replace(/^!/, '^')
          .replace(/[\\[\]]/g, '\\$&')}]`
      : RegExp.escape(piece)
  })
  try {
    const glob = new RegExp(`^${pattern}$`)
    return paths.find((path) => glob.test(path)) ?? word
  } catch {
    return word // A range out of order: a shell matches nothing with it either.
  }
}
