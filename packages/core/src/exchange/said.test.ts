import { describe, expect, test } from 'bun:test'
import { loaded, reply, segment, types } from '../../test/fakes.ts'
import { frame, lastFrames, prompt, request, running } from '../../test/gateway.ts'
import type { DetectorInstance, Said } from '../protocol/detector.ts'
import { SaidSoFar } from './said.ts'

/** Reports whatever is said now and was said before, and keeps what it was shown. */
function echoes(shown: (readonly [string[], string[]])[] = []): DetectorInstance {
  const textsOf = ({ segments }: Said): string[] => segments.map(({ text }) => text)
  return {
    mode: 'exchange',
    types,
    inspectExchange({ before, ...now }) {
      shown.push([textsOf(before), textsOf(now)])
      const earlier = new Set(textsOf(before))
      return now.segments
        .filter(({ text }) => earlier.has(text))
        .map(({ id, text }) => ({ type: 'CREDENTIALS_NEEDLE', confidence: 1, start: 0, end: text.length, segment: id }))
    },
  }
}

describe('a detector of the whole exchange', () => {
  for (const [name, upstream] of [
    ['whole', () => reply('{"text":"the plan"}')],
    ['streamed', () => reply(`${frame('the pl')}${frame('an')}${lastFrames}`, { 'content-type': 'text/event-stream' })],
  ] as const) {
    test(`is shown the request when the answer is judged, ${name}`, async () => {
      const shown: (readonly [string[], string[]])[] = []
      const run = running({ detectors: [loaded(echoes(shown), { id: 'echoes' })], upstream })
      await (await run.gateway.handle(request(prompt('the plan', { stream: name === 'streamed' })))).text()
      const { detections } = await run.record()
      expect(detections).toMatchObject([{ lifecycle: 'EGRESS', detector: 'echoes' }])
      expect(shown[0]?.[0]).toEqual([])
      expect(shown[0]?.[1]).toContain('the plan')
      expect(shown[1]?.[0]).toEqual(shown[0]?.[1] ?? [])
    })
  }
})

test('it is shown what the others found, now and before, whatever the order of the plugins', async () => {
  const shown: string[][] = []
  const looking: DetectorInstance = {
    mode: 'exchange',
    types,
    inspectExchange({ detections, before }) {
      shown.push([...before.detections, ...detections].map(({ detector, lifecycle }) => `${detector} ${lifecycle}`))
      return []
    },
  }
  const detectors = [loaded(looking, { id: 'looking' }), loaded()]
  const run = running({ detectors, upstream: () => reply('{"text":"a needle"}') })
  await (await run.gateway.handle(request(prompt('a needle')))).text()
  expect(shown).toEqual([['needles INGRESS'], ['needles INGRESS', 'needles EGRESS']])
})

describe('what was said so far', () => {
  const of = (...texts: readonly string[]): Said => {
    return { segments: texts.map((text) => segment({ text })), toolCalls: [], detections: [] }
  }

  test('is in order, and the latest of it is kept within the bound', () => {
    const said = new SaidSoFar(10)
    expect(said.all).toEqual(of())
    said.add(of('aaaa', 'bb'))
    said.add(of('cccc'))
    expect(said.all.segments.map(({ text }) => text)).toEqual(['aaaa', 'bb', 'cccc'])
    said.add(of('d'))
    expect(said.all.segments.map(({ text }) => text)).toEqual(['cccc', 'd'])
    said.add(of('e'.repeat(50)))
    expect(said.all.segments.map(({ text }) => text)).toEqual(['e'.repeat(50)])
  })
})
