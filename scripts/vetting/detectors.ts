import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DetectorDefinition, DetectorInstance, TextSegment } from '../../packages/core/src/index.ts'
import { isContentLimit } from '../../packages/core/src/index.ts'
import { quiet, root } from '../generate/packages.ts'

export interface Vetted {
  readonly name: string
  readonly instance: Exclude<DetectorInstance, { mode: 'exchange' }>
}

/** Detectors that read segments, each with the options it has by default. Those that have none are their configuration's. */
export async function vettedDetectors(): Promise<readonly Vetted[]> {
  const names = readdirSync(join(root, 'plugins')).filter(
    (name) => name.startsWith('detector-') && !configured.has(name),
  )
  const vetted: Vetted[] = []
  for (const name of names.toSorted()) {
    const { default: definition }: { default: DetectorDefinition<object> } = await import(
      join(root, 'plugins', name, 'src', 'index.ts')
    )
    const context = { instance: name, folder: root, log: quiet, signal: new AbortController().signal, now: Date.now }
    const instance = await definition.create({}, context)
    if (instance.mode !== 'exchange') vetted.push({ name, instance })
  }
  return vetted
}

/** What these look for is in their options alone: a model, patterns that a linear engine runs, flows between tools. */
const configured: ReadonlySet<string> = new Set(['detector-classifier', 'detector-custom', 'detector-flows'])

export function segmentOf(text: string): TextSegment {
  return {
    id: 'q0',
    direction: 'ingress',
    kind: 'user',
    trust: 'user',
    text,
    sources: [{ place: { pointer: '' }, start: 0 }],
  }
}

/** Reads a text as the gateway does where it comes whole. False: the detector refuses it. */
export async function read({ instance }: Vetted, segment: TextSegment): Promise<boolean> {
  try {
    if (instance.mode === 'inspect') await instance.inspect(segment, call)
    else if (instance.whole !== undefined) instance.whole(segment, segment.text)
    else instance.end(instance.push(instance.init(segment), segment.text).state)
    return true
  } catch (error) {
    if (isContentLimit(error)) return false
    throw error
  }
}

/** Reads it in pieces, as it comes in a stream. */
export async function readPieces(vetted: Vetted, segment: TextSegment): Promise<boolean> {
  const { instance } = vetted
  if (instance.mode === 'inspect') return read(vetted, segment)
  try {
    let state = instance.init(segment)
    for (let at = 0; at < segment.text.length; at += pieceUnits) {
      state = instance.push(state, segment.text.slice(at, at + pieceUnits)).state
    }
    instance.end(state)
    return true
  } catch (error) {
    if (isContentLimit(error)) return false
    throw error
  }
}

const pieceUnits = 1024
const call = { exchange: 'ex_vet', app: 'ac_vet000000000', operation: 'vet', signal: new AbortController().signal }
