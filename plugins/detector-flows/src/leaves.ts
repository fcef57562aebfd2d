import type { Json } from '@sluice/core'

/** A string or number among the arguments of a call, with the name it goes by. */
export interface Leaf {
  readonly name: string
  readonly text: string
}

/** Every string and number of a value, under the member name that is nearest. */
export function leavesOf(input: Json): readonly Leaf[] {
  const leaves: Leaf[] = []
  const open: { readonly name: string; readonly value: Json }[] = [{ name: '', value: input }]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const { name, value } = one
    if (typeof value === 'string' || typeof value === 'number') leaves.push({ name, text: String(value) })
    else if (Array.isArray(value)) for (const each of value) open.push({ name, value: each })
    else if (value !== null && typeof value === 'object') {
      for (const [member, each] of Object.entries(value)) open.push({ name: member, value: each })
    }
  }
  return leaves
}

/** The text, and what it says when percent escapes, hex and runs of base64 are undone. */
export function readingsOf(text: string): readonly string[] {
  const unquoted = text.includes('%') ? text.replace(/(?:%[0-9a-f]{2})+/gi, unescaped) : text
  const readings = [
    text,
    unquoted,
    unquoted.replace(/\b(?:[0-9a-f]{2}){8,}\b/gi, fromHex),
    // In a URL the slash stands between runs, in plain base64 it is a part of one.
    unquoted.replace(/[A-Za-z0-9+_-]{16,}={0,2}/g, plain),
    unquoted.replace(/[A-Za-z0-9+/]{16,}={0,2}/g, plain),
  ]
  return [...new Set(readings)]
}

function unescaped(run: string): string {
  try {
    return decodeURIComponent(run)
  } catch {
    return run
  }
}

function fromHex(run: string): string {
  const text = run.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)))
  return /^[\t\n\r -~]*$/.test(text) ? ` ${text} ` : run
}

/** What a run of base64 or base64url stands for, where that is readable. */
function plain(run: string): string {
  try {
    const text = atob(run.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''))
    return /^[\t\n\r -~]{8,}$/.test(text) ? ` ${text} ` : run
  } catch {
    return run
  }
}
