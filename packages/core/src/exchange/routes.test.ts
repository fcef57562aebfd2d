import { describe, expect, test } from 'bun:test'
import { adapter, operation } from '../../test/fakes.ts'
import type { Operation } from '../protocol/adapter.ts'
import { compileRoutes } from './routes.ts'

const alone = (...operations: readonly Operation[]) =>
  compileRoutes([{ id: 'fake', instance: adapter({ operations }) }])

const routes = alone(
  operation({ name: 'create', path: '/v1/batches' }),
  operation({ name: 'list', methods: ['GET', 'HEAD'], path: '/v1/batches' }),
  operation({ name: 'retrieve', methods: ['GET'], path: '/v1/batches/{id}' }),
  operation({ name: 'cancel', path: '/v1/batches/{id}/cancel' }),
  operation({ name: 'special', methods: ['GET'], path: '/v1/batches/special' }),
)

const nameOf = (method: string, path: string) => routes(method, path, () => false)?.route.operation.name

describe('routes', () => {
  test('are matched letter for letter', () => {
    expect(nameOf('POST', '/v1/batches')).toBe('create')
    expect(nameOf('GET', '/v1/batches')).toBe('list')
    expect(nameOf('GET', '/v1/batches/batch_1')).toBe('retrieve')
    expect(nameOf('POST', '/v1/batches/batch_1/cancel')).toBe('cancel')
    expect(nameOf('GET', '/v1/batches/special')).toBe('special')
  })

  const nobodys: readonly (readonly [string, string])[] = [
    ['GeT', '/v1/batches'],
    ['get', '/v1/batches'],
    ['TRACE', '/v1/batches'],
    ['OPTIONS', '/v1/batches'],
    ['DELETE', '/v1/batches/batch_1'],
    ['GET', '/V1/batches'],
    ['GET', '/v1/batches/'],
    ['GET', '/v1//batches'],
    ['GET', '//v1/batches'],
    ['GET', '/v1/batches;x'],
    ['GET', '/v1/batches/a%2Fb'],
    ['GET', '/v1/batches/a b'],
    ['GET', '/v1/batches/é'],
    ['GET', '/v1/batches/..'],
    ['GET', '/v1/batches/.'],
    ['GET', '/v1/batches/a;b'],
    ['GET', `/v1/batches/${'a'.repeat(257)}`],
    ['POST', '/v1/batches//cancel'],
    ['POST', '/v1/batches/a/b/cancel'],
    ['GET', '/v1/batches/{id}/x'],
    ['constructor', '/v1/batches'],
    ['GET', '/__proto__'],
  ]
  for (const [method, path] of nobodys) {
    test(`${method} ${path.slice(0, 40)} is nobody's`, () => expect(nameOf(method, path)).toBeUndefined())
  }

  test('parameters are told, and the path is rebuilt from the template', () => {
    expect(routes('POST', '/v1/batches/a.b:c-_9/cancel', () => false)).toMatchObject({
      path: '/v1/batches/a.b:c-_9/cancel',
      params: [['id', 'a.b:c-_9']],
    })
  })

  test('what an operation names, and the members it knows or ignores, are the provider’s names', () => {
    const fields = { '/metadata/*/kind': ['string'] } as const
    const ignores = [{ pointer: '/messages/*/id', reason: 'an id' }]
    const one = operation({
      names: ['choices'],
      fields,
      ignores,
      responseIgnores: [{ pointer: '/object', reason: '' }],
    })
    const route = alone(one)('POST', '/v1/chat', () => false)?.route
    expect([...(route?.request.knownNames ?? [])].sort()).toEqual(['choices', 'id', 'kind', 'messages', 'metadata'])
    expect([...(route?.response.knownNames ?? [])].sort()).toEqual(['choices', 'object'])
  })

  test('of two adapters with one path, a header tells which is meant', () => {
    const get = { methods: ['GET'], path: '/v1/models' } as const
    const plain = operation({ ...get, name: 'plain' })
    const told = operation({ ...get, name: 'told', toldBy: ['x-version', 'x-other'] })
    const both = compileRoutes([
      { id: 'a', instance: adapter({ operations: [plain] }) },
      { id: 'b', instance: adapter({ operations: [told] }) },
    ])
    const meant = (...headers: string[]) => both('GET', '/v1/models', (name) => headers.includes(name))?.route
    expect([meant()?.operation.name, meant()?.adapter.id]).toEqual(['plain', 'a'])
    expect([meant('x-other')?.operation.name, meant('x-other')?.adapter.id]).toEqual(['told', 'b'])
    expect(alone(told)('GET', '/v1/models', () => false)).toBeUndefined()
  })
})
