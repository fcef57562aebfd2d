import { describe, expect, test } from 'bun:test'
import type { DetectorInstance } from '@sluice/core'
import { findIn, testDetector } from '@sluice/testing'
import { cases } from '../test/cases.ts'
import content, { type ContentOptions, type ContentType } from './index.ts'
import { phraseGate, phrases } from './phrases.ts'

const setup = {
  instance: 'content',
  folder: '.',
  log: { debug() {}, info() {}, warn() {}, error() {} },
  signal: new AbortController().signal,
  now: () => 0,
}

async function create(options: ContentOptions = {}): Promise<DetectorInstance> {
  return await content.create(options, setup)
}

async function typesIn(text: string, options?: ContentOptions): Promise<readonly string[]> {
  return (await findIn(await create(options), text)).map(({ type }) => type)
}

describe('conformance', () => {
  testDetector(
    create,
    {
      CONTENT_HATE: { found: ['[[Refugees are parasites]].'], clean: ['Parasites are studied.'] },
      CONTENT_VIOLENCE: { found: ['Stop. [[I will stab you]]!'], clean: ['I will call you.', 'kill -9 1234'] },
      CONTENT_SEXUAL: { found: ['Send [[erotica]] now'], clean: ['the exotic plants'] },
      CONTENT_SEXUAL_MINORS: { found: ['[[Erotica with a child]]'], clean: ['a child with a book'] },
      CONTENT_SELF_HARM: { found: ['and [[killing myself]].'], clean: ['killing the process myself'] },
      CONTENT_PROFANITY: { found: ['what [[bullshit]]. [[sh1t]] again'], clean: ['the class assessed shitake'] },
    },
    { test, stress: ['I will ', 'immigrants are ', 'how to kill ', 'f u c k ', 'sh1t$', 'a.', '\n'] },
  )
})

for (const [type, { found, clean }] of Object.entries(cases)) {
  test(`${type}: most of what we wrote is found, and its neighbours are left alone`, async () => {
    const missed = await Promise.all(found.map(async (text) => !(await typesIn(text)).includes(type)))
    expect(missed.filter(Boolean).length).toBeLessThanOrEqual(1)
    for (const text of clean) expect(await typesIn(text), text).toEqual([])
  })
}

test('the gate hides no phrase of what we wrote', () => {
  const texts = Object.values(cases).flatMap(({ found, clean }) => [...found, ...clean])
  const spoken = texts.filter((text) => phrases.some(({ pattern }) => text.match(pattern) !== null))
  expect(spoken.length).toBeGreaterThan(30)
  expect(spoken.filter((text) => !phraseGate.test(text))).toEqual([])
})

test('no finding is more than MEDIUM, and profanity and sex are LOW', async () => {
  const detector = await create()
  for (const { found } of Object.values(cases)) {
    for (const { severity, type } of (await Promise.all(found.map((text) => findIn(detector, text)))).flat()) {
      const low: readonly string[] = ['CONTENT_PROFANITY', 'CONTENT_SEXUAL'] satisfies ContentType[]
      expect(low.includes(type) ? ['LOW'] : ['LOW', 'MEDIUM']).toContain(severity ?? 'none')
    }
  }
})

test('what a sentence is about lowers it, and is named', async () => {
  const [finding] = await findIn(await create(), 'In the novel I will stab you.')
  expect(finding).toMatchObject({ severity: 'LOW', data: { context: 'fiction' } })
  expect(finding?.confidence).toBeLessThan(0.6)
})

test('disguises are undone', async () => {
  expect(await typesIn('you \u200bb\u200bitch')).toEqual(['CONTENT_PROFANITY'])
  expect(await typesIn(`base64: ${btoa('i want to kill myself tonight')}`)).toEqual(['CONTENT_SELF_HARM'])
})

test('only the types that are named', async () => {
  expect(await typesIn('This is shit. I will stab you.', { types: ['CONTENT_VIOLENCE'] })).toEqual(['CONTENT_VIOLENCE'])
})
