import type { Deed } from '../deed.ts'
import { unescapePercent } from '../percent.ts'
import { sensitivePaths } from './sensitive.ts'

/** Deeds of one text; more say nothing new. */
const most = 256
/** What may be a path: no space, quote, bracket or mark that ends one. Longer ones are read in pieces. */
const candidate = /[^\s"'`<>|(){}[\],=@?&!#^\0]{2,1024}/gu
/** Cheap: what every path of interest has. */
const telling = /[/\\]|^\.|id_|ntds|\.(?:config|ini|php|keychain|kdbx|dit|zip|gz|sock)/i
const codeFile =
  /\.(?:[cm]?[jt]sx?|json|css|s[ac]ss|less|vue|svelte|html?|md|mdx|py|rb|go|rs|java|kt|png|jpe?g|svg|gif|webp|c|h|cpp|hpp|ya?ml|toml|lock|snap|wasm|txt|sh|xml|proto)$/i
const systemTop =
  /^(?:etc|proc|sys|dev|root|home|users|var|usr|boot|windows|winnt|bin|opt|tmp|mnt|program files)(?:\/|$)/

/** The files that a text names and no model should have read or written, and the ways out of a folder. In order of start. */
export function judgePaths(text: string): readonly Deed[] {
  const deeds = new Map<string, Deed>()
  const found = (deed: Deed) => {
    const key = `${deed.class} ${deed.start}`
    const before = deeds.get(key)
    if (before === undefined ? deeds.size < most : before.confidence < deed.confidence) deeds.set(key, deed)
  }
  judge(text, text.length <= 256, found)
  const plain = unescapePercent(text)
  if (plain !== undefined) {
    judge(plain.text, text.length <= 256, (deed, start, end) => {
      const from = plain.from[start] ?? 0
      const to = plain.from[end] ?? text.length
      // An escaped step upwards is a disguise.
      const hidden = deed.class === 'path.traversal' && /%/.test(text.slice(from, to))
      found({
        ...deed,
        ...(hidden ? { severity: 'HIGH', confidence: 0.9, rule: 'escaped-steps' } : {}),
        start: from,
        end: to,
      })
    })
  }
  return [...deeds.values()].sort((one, other) => one.start - other.start || one.end - other.end)
}

function judge(text: string, short: boolean, found: (deed: Deed, start: number, end: number) => void): void {
  for (const { 0: token, index } of text.matchAll(candidate)) {
    if (!telling.test(token)) continue
    const written = token.replace(/[.,;:]+$/, '')
    // `path:/etc/passwd`, `file:///etc/passwd`; not `C:\`.
    const cut = /^[\w.+-]{2,40}:(?=[/\\.~])/.exec(written)?.[0].length ?? 0
    const path = written.slice(cut)
    const start = index + cut
    const end = index + written.length
    const tell = (kind: Deed['class'], severity: Deed['severity'], confidence: number, rule: string) => {
      if (end > start) found({ class: kind, start, end, confidence, severity, rule, evidence: 'parser' }, start, end)
    }
    const { resolved, climbs, disguised } = resolve(path)
    const lower = resolved.toLowerCase()
    const sensitive = sensitivePaths.find(({ pattern }) => pattern.test(lower))
    if (sensitive !== undefined) {
      const { severity, confidence, rule } = sensitive
      const climbed = climbs > 0 && severity !== 'HIGH'
      tell('path.sensitive', climbed ? 'HIGH' : severity, climbed ? Math.max(confidence, 0.85) : confidence, rule)
    }
    if (disguised) tell('path.traversal', 'HIGH', 0.85, 'disguised-steps')
    else if (climbs > 0 && (sensitive !== undefined || systemTop.test(lower.replace(/^\//, '')))) {
      tell('path.traversal', 'HIGH', climbs > 1 || sensitive !== undefined ? 0.9 : 0.6, 'steps-to-system')
    } else if (climbs >= 4 && !codeFile.test(path) && !/^[./\\]*$/.test(path) && short) {
      tell('path.traversal', 'MEDIUM', 0.6, 'many-steps')
    } else if (climbs > 0 && short && text.trim() === written) {
      tell('path.traversal', 'LOW', 0.3, 'steps')
    }
  }
}

/** A path without `.`, `..` and empty parts; how many steps it takes upwards; whether they are written to get past a filter. */
function resolve(path: string): { readonly resolved: string; readonly climbs: number; readonly disguised: boolean } {
  const parts: string[] = []
  let climbs = 0
  let disguised = false
  let letters = false
  for (const raw of path.replaceAll('\\', '/').split('/')) {
    // Tomcat and others take parameters off: `..;/`.
    const part = raw.replace(/;.*$/, '')
    if (part === '' || part === '.') continue
    // `....//` is `../` once a filter has taken `../` out; some take `...` for `..`.
    const dots = /^\.{3,8}$/.test(part) && /[/\\]/.test(path)
    if (part === '..' || dots) {
      if ((dots && /\.{3,8}[/\\]{1,2}\.{3}|\.{4}[/\\]{2}/.test(path)) || (part !== raw && raw.startsWith('..;')))
        disguised = true
      climbs++
      parts.pop()
    } else {
      letters = true
      parts.push(part)
    }
  }
  if (climbs > 1 && /\.\.[/\\]/.test(path) && /\.\.\//.test(path) && /\.\.\\/.test(path)) disguised = true
  const rooted = /^[/\\]/.test(path) ? '/' : ''
  return { resolved: rooted + parts.join('/'), climbs, disguised: disguised && (letters || climbs > 1) }
}
