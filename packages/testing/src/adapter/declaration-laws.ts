import assert from 'node:assert/strict'
import {
  type AdapterInstance,
  checkFields,
  compileFields,
  compilePatterns,
  type Json,
  type JsonObject,
  type Operation,
} from '@sluice/core'

/** What an adapter says of itself fits together. */
export function checkDeclarations({ operations, origins, credentialHeaders }: AdapterInstance): void {
  assert(operations.length > 0, 'an adapter without operations')
  for (const origin of origins) assert.equal(new URL(origin).origin, origin, 'an origin is no more than that')
  for (const header of credentialHeaders) assert.equal(header, header.toLowerCase(), 'headers are in lower case')
  const calls = operations.flatMap(({ methods, path }) => methods.map((method) => `${method} ${path}`))
  assert.deepEqual(
    calls.filter((call, at) => calls.indexOf(call) !== at),
    [],
    'two operations answer the same call',
  )
  for (const operation of operations) checkOperation(operation)
}

function checkOperation(operation: Operation): void {
  const { name, inspection, reason, fields, toldBy = [] } = operation
  if (inspection === 'opaque') assert((reason ?? '') !== '', `${name} is opaque without a reason`)
  for (const header of toldBy) assert.equal(header, header.toLowerCase(), `${name} is told by a header in lower case`)
  for (const ignores of [operation.ignores, operation.responseIgnores]) {
    compilePatterns(ignores.map(({ pointer, reason: why }) => ({ pointer, value: why })))
    for (const { pointer, reason: why } of ignores) {
      assert(why.trim() !== '', `${name} ignores ${pointer} without a reason`)
      assert(pointer !== '' && pointer !== '/**', `${name} ignores everything`)
    }
  }
  compileFields(fields ?? {})
}

/** The sample is what the operation takes; the same with a known member spelled otherwise is not. */
export function checkKnownFields({ name, fields }: Operation, request: JsonObject): void {
  assert(fields, `${name} takes JSON and knows no fields`)
  const compiled = compileFields(fields)
  assert.equal(checkFields(request, compiled), undefined, `${name} refuses its own sample`)
  for (const member of Object.keys(request)) {
    if (!Object.hasOwn(fields, `/${member}`)) continue
    const folded: Json = { ...request, [member.toUpperCase()]: null }
    assert.notEqual(checkFields(folded, compiled), undefined, `${name} takes ${member.toUpperCase()} beside ${member}`)
  }
}
