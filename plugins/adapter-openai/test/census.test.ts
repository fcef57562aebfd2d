import { describe, expect, test } from 'bun:test'
import { testCensus } from '@sluice/testing'
import { operations } from '../src/operations/all.ts'
import { KINDS } from './census-kinds.ts'

// What a deleted response answers is described nowhere, and of what a file holds no more than that.
testCensus(
  operations,
  { kinds: KINDS, undescribed: ['responses.delete', 'files.content'], passed: ['/obfuscation'] },
  { describe, test },
)

test('every member name of the provider is known as one', async () => {
  for (const operation of operations) {
    const declared = Object.keys(operation.fields ?? {}).flatMap((pointer) => pointer.split('/'))
    const known = new Set([...operation.names, ...declared])
    const unknown = new Set<string>()
    for (const sample of Object.values((await operation.samples?.()) ?? {}).flat()) {
      JSON.stringify(sample, (name, value) => {
        if (name !== '' && !/^\d+$/.test(name) && !known.has(name)) unknown.add(name)
        return value
      })
    }
    expect({ operation: operation.name, unknown: [...unknown] }).toEqual({ operation: operation.name, unknown: [] })
  }
})
