import { readdirSync, readFileSync } from 'node:fs'
import type { DetectorInstance, TextSegment } from '@sluice/core'
import pii from '../../../plugins/detector-pii/src/index.ts'
import secrets from '../../../plugins/detector-secrets/src/index.ts'

// MB/s of each detector alone and of all after one another on the same segments, on texts of this repository:
// `bun --conditions=sluice-source packages/detect/bench/passes.ts`, best of 15 rounds.

const root = new URL('../../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const folder = (path: string, end: string): string => {
  const names = readdirSync(new URL(path, root)).filter((name) => name.endsWith(end))
  return names.map((name) => read(`${path}${name}`)).join('\n')
}
const prose = folder('docs/', '.md').replace(/[^\n A-Za-z0-9.,;:()'-]/g, '')
const lines = prose
  .split('\n')
  .map((content, at) => ({ role: at % 2 === 0 ? 'user' : 'assistant', id: `m${at}`, content }))
const texts = { prose, code: folder('packages/core/src/exchange/', '.ts'), json: JSON.stringify({ messages: lines }) }

const context = {
  instance: 'bench',
  folder: '.',
  log: { debug() {}, info() {}, warn() {}, error() {} },
  signal: new AbortController().signal,
  now: Date.now,
}
const detectors: Readonly<Record<string, DetectorInstance>> = {
  secrets: await secrets.create({}, context),
  pii: await pii.create({}, context),
}

function segmentsOf(text: string, size: number): readonly TextSegment[] {
  return Array.from({ length: Math.max(4, Math.floor(400_000 / size)) }, (_, at) => {
    const from = (at * 7919) % (text.length - size)
    const piece = text.slice(from, from + size)
    return {
      id: `q${at}`,
      direction: 'ingress',
      kind: 'user',
      trust: 'user',
      text: piece,
      sources: [{ place: { pointer: '' }, start: 0 }],
    }
  })
}

function megabytesPerSecond(running: readonly DetectorInstance[], text: string, size: number): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 15; round++) {
    // New ones each round: what was found out about a segment is remembered by it.
    const segments = segmentsOf(text, size)
    const began = performance.now()
    for (const one of running) {
      if (one.mode === 'scan') for (const segment of segments) one.whole?.(segment, segment.text)
    }
    best = Math.min(best, (performance.now() - began) / segments.length)
  }
  return size / best / 1000
}

for (const [name, running] of [
  ...Object.entries(detectors).map(([id, one]) => [id, [one]] as const),
  ['all', Object.values(detectors)] as const,
]) {
  for (const [kind, text] of Object.entries(texts)) {
    const speeds = [1024, 20_480, 102_400].map((size) => megabytesPerSecond(running, text, size).toFixed(0))
    process.stdout.write(`${name} ${kind}: ${speeds.join(' / ')} MB/s at 1 / 20 / 100 KB\n`)
  }
}
