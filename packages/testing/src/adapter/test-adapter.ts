import assert from 'node:assert/strict'
import type { AdapterInstance, MaybePromise, Operation } from '@sluice/core'
import type { AdapterSamples, AdapterTestOptions } from './adapter-samples.ts'
import { checkDeclarations, checkKnownFields } from './declaration-laws.ts'
import { checkAnswerNeedles, checkRequestNeedles } from './needle-laws.ts'
import { checkPlaces } from './place-laws.ts'
import { jsonBody, noRequest, targetOf } from './readings.ts'
import { checkRefusals } from './refusal-laws.ts'
import { readStrangeBodies } from './strange-bodies.ts'
import { checkStream } from './stream-laws.ts'

const strangeRounds = 100

/** One conformance kit for all adapters: the closed world, law 3 (however it is cut), places, refusals, strange bodies. */
export function testAdapter(
  create: () => MaybePromise<AdapterInstance>,
  { requests, answers }: AdapterSamples,
  { test }: AdapterTestOptions,
): void {
  const operationOf = async (name: string): Promise<Operation> => {
    const operation = (await create()).operations.find((one) => one.name === name)
    assert(operation, `${name} is no operation of the adapter`)
    return operation
  }

  test('what it declares fits together, and there is a sample of everything', async () => {
    const instance = await create()
    checkDeclarations(instance)
    for (const { name, request, inspection, transport, generates } of instance.operations) {
      if (inspection === 'opaque') continue
      if (request === 'json') assert(Object.hasOwn(requests, name), `no request of ${name}`)
      // What a session answers comes in messages, of which there is no whole.
      if (generates && transport === 'http')
        assert(
          answers.some(({ operation }) => operation === name),
          `no answer of ${name}`,
        )
    }
  })

  for (const [name, request] of Object.entries(requests)) {
    test(`${name}: its fields are known, and places lead to what is said to stand there`, async () => {
      const operation = await operationOf(name)
      checkKnownFields(operation, request)
      const view = operation.readRequest(jsonBody(request), targetOf(operation))
      checkPlaces(view, request)
    })

    test(`${name}: no string and no name of a request passes by`, async () => {
      checkRequestNeedles(await operationOf(name), request)
    })
  }

  for (const sample of answers) {
    test(`${sample.name}: places lead to what is said to stand there`, async () => {
      const operation = await operationOf(sample.operation)
      if (sample.whole === undefined) return
      const body = jsonBody(JSON.parse(sample.whole), sample.whole)
      checkPlaces(operation.readResponse(body, { status: 200, request: noRequest(operation) }), body.value)
    })

    test(`${sample.name}: no string and no name of an answer passes by, whole or streamed`, async () => {
      checkAnswerNeedles(await operationOf(sample.operation), sample)
    })

    test(`${sample.name}: streamed it is read as whole, however it is cut`, async () => {
      checkStream(await operationOf(sample.operation), sample)
    })
  }

  test('a blocked answer is one that the provider could have given', async () => {
    for (const operation of (await create()).operations) checkRefusals(operation)
  })

  test('no reading throws, whatever the other side sends', async () => {
    for (const operation of (await create()).operations) readStrangeBodies(operation, strangeRounds)
  })
}
