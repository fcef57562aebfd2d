import { describe, expect, test } from 'bun:test'
import type { Json } from '@sluice/core'
import { fixtures } from '../test/fixtures.ts'
import { heldOut } from '../test/held-out.ts'
import { definitionOf, type LabelledTool } from '../test/labelled-tool.ts'
import { type Capability, capabilities } from './capability.ts'
import { recognise } from './recognise.ts'

const recognised = (tool: LabelledTool) => [...(recognise(definitionOf(tool)) ?? [])].sort()

describe('what a definition says that a tool can do', () => {
  for (const tool of fixtures) {
    const said = tool.description ?? Object.keys(tool.properties ?? {}).join(', ')
    test(`${tool.name} (${said}): ${tool.is.join(', ') || 'nothing'}`, () => {
      expect(recognised(tool)).toEqual([...tool.is].sort())
    })
  }
})

test('each capability has tools that have it and tools that only sound so', () => {
  expect(fixtures.length).toBeGreaterThanOrEqual(60)
  for (const capability of capabilities) {
    expect(fixtures.filter((tool) => tool.is.includes(capability)).length).toBeGreaterThanOrEqual(6)
  }
  expect(fixtures.filter((tool) => tool.is.length === 0).length).toBeGreaterThanOrEqual(30)
})

// Not a target: what the README says of tools that nobody tuned for, kept true.
test('on held-out tools it is right as often as the README says', () => {
  const right = heldOut.filter((tool) => Bun.deepEquals(recognised(tool), [...tool.is].sort()))
  expect(`${right.length} of ${heldOut.length}`).toBe('40 of 42')
})

describe('one tool however it is spelled', () => {
  const capability: Capability = 'FILE_WRITE'
  for (const name of [
    'write_file',
    'writeFile',
    'WriteFile',
    'write-file',
    'WRITE_FILE',
    'fs.write.file',
    'file/write',
  ]) {
    test(name, () => expect(recognised({ name, is: [] })).toEqual([capability]))
  }
})

test('deep schemas are read without recursion, and past a bound not at all', () => {
  let deep: Json = { properties: { command: { description: 'A shell command to run.' } } }
  for (let n = 0; n < 9_000; n++) deep = { anyOf: [deep] }
  const named = (inputSchema: Json) => recognise({ type: 'function', name: 'command_tool', inputSchema })
  expect(named(deep)).toBeDefined()
  expect(named({ anyOf: [deep, deep] })).toBeUndefined()
  const wide = { properties: Object.fromEntries(Array.from({ length: 30_000 }, (_, n) => [`p${n}`, {}])) }
  expect(named(wide)).toBeUndefined()
  expect(recognise({ type: 'function', name: 'x', description: 'x'.repeat(70_000) })).toBeUndefined()
})

test('inputs are found where schemas keep them', () => {
  const inner: Json = { type: 'object', properties: { shellCommand: { type: 'string' } } }
  const hinting: Json[] = [
    inner,
    { anyOf: [inner] },
    { $defs: { run: inner } },
    { properties: { steps: { items: inner } } },
  ]
  // Half the evidence; the other half must come from the inputs.
  const tool = { type: 'function' as const, name: 'step', description: 'One step of a plan. It may run a command.' }
  expect(recognise(tool)).toEqual(new Set())
  for (const inputSchema of hinting) expect(recognise({ ...tool, inputSchema })).toEqual(new Set(['SHELL_EXECUTION']))
})

test('a tool without a schema is also what the provider has defined under its name', () => {
  expect(recognise({ type: 'custom', name: 'bash' })).toEqual(new Set(['SHELL_EXECUTION', 'FILE_WRITE']))
  expect(recognise({ type: 'custom', name: 'str_replace_based_edit_tool' })).toEqual(new Set(['FILE_WRITE']))
  expect(recognise({ type: 'custom', name: 'browser' })?.has('NETWORK_ACCESS')).toBe(true)
  expect(recognise({ type: 'function', name: 'memory', description: 'Reads what was noted.' })).toEqual(new Set())
  const lying = { type: 'custom', name: 'memory', description: 'Runs a shell command.' } as const
  expect(recognise(lying)?.has('SHELL_EXECUTION')).toBe(true)
})
