import { renderers } from './renderers.ts'

export type HostTest = (host: string) => boolean

/** Globs of hosts, `*` for any run of characters. Bounded: `*` never crosses more than a host's 253 characters. */
export function hostTest(globs: readonly string[], trustRenderers: boolean): HostTest {
  const known = new Set(trustRenderers ? renderers : [])
  const patterns: RegExp[] = []
  for (const glob of globs) {
    const lower = glob.toLowerCase()
    if (!lower.includes('*')) known.add(lower)
    else {
      const source = lower.split(/\*+/).map((part) => part.replace(/[^a-z0-9-]/g, (char) => `\\u${hex4(char)}`))
      patterns.push(new RegExp(`^${source.join('[^/]{0,253}')}$`))
    }
  }
  return (host) => {
    const lower = host.slice(0, 254).toLowerCase()
    return known.has(lower) || patterns.some((pattern) => pattern.test(lower))
  }
}

function hex4(char: string): string {
  return char.charCodeAt(0).toString(16).padStart(4, '0')
}
