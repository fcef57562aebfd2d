/**
 * Expressions that are super-linear for the analysis, and why they may be: what they read has a bound, so their time has
 * one. The inputs that are made of every rule hold them to it.
 */
const reasons: Readonly<Record<string, readonly string[]>> = {
  'reads an address, which is cut at its longest': [
    String.raw`^(?:[A-Za-z]{2,6}:)?[\\/]{1,8}([^\\/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$`,
    String.raw`\{\{?\s*([^{}]{1,80}?)\s*\}?\}|\[([^[\]]{1,80})\]|<\s*([^<>]{1,80}?)\s*>|%([A-Za-z_]{3,40})%|\$\(([^()]{2,80})\)|\$([A-Z_]{3,40})\b`,
    String.raw`^\/*(?:localhost)?\/*(?:etc|proc|root|sys|dev|var\/run|run|windows|winnt|c[:|])|\/\.(?:ssh|aws|env|kube|git)`,
  ],
  'reads the configuration': [String.raw`^\s*([a-z-]+)\s*(?:\(([^()]*)\))?\s*$`],
  'reads our own patterns, once': [String.raw`\[a-f0-9\]\{(\d+)[\d,]*\}`, String.raw`\[[^\]]*\]\{(\d+)[\d,]*\}`],
  'reads at most 25 digits, or the few units that a rule is shown beside a number': [
    String.raw`\d{2,5}(?:[ .-]?\d{2,5}){1,4}(?![\d.])(?=[ ,\-\\()]{1,4}(?:office|fax|mobile|cell|home|direct|work)(?![A-Za-z]))`,
    String.raw`(?<![^\s,;])(?!and(?![^\s,;]))[^\s\d,;]*\p{L}[^\s\d,;]*(?![^\s,;])`,
  ],
  'reads words of one command, or what stands beside one statement, within a window': [
    String.raw`^\/root\/\.?[\w.-]+.*$`,
    String.raw`\s\S+@?\S+:`,
    String.raw`(?:--|#)\s*['"]?\s*$`,
    String.raw`['"]\s*\)?\s*$`,
    String.raw`''\s*\)?\s*$`,
    String.raw`match\s*\(\s*(\w*)(?:\s*:\s*\w+)?\s*\)\s*$`,
    String.raw`^\s*(?:\+|\.\s*[$"'\w]|\|\||%\s|&\s|\\\s*\n|\n\s*[fr]?["'${'`'}])`,
  ],
}

export const accepted: ReadonlySet<string> = new Set(Object.values(reasons).flat())
