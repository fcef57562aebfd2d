import { describe, expect, test } from 'bun:test'
import {
  adapter,
  appContext,
  detectionKey,
  emptyView,
  fakeHash,
  keyRecord,
  operation,
  reply,
} from '../../test/fakes.ts'
import { type Fixture, type Running, request, running } from '../../test/gateway.ts'
import type { AppContext } from '../protocol/app-context.ts'
import type { App } from '../protocol/exchange.ts'
import type { Json } from '../protocol/json.ts'
import type { Policy } from '../protocol/policy.ts'
import type { Reference } from '../protocol/view.ts'

const kinds = ['file', 'response', 'conversation', 'batch', 'sealed'] as const
const uses = ['input', 'requests', 'record'] as const
const block: Policy = { id: 'block', match: {}, action: 'BLOCK' }
const shadow: Policy = { ...block, mode: 'shadow' }

const member = (value: Json, name: string): string => String((value as Record<string, Json>)[name] ?? '')
const place = { pointer: '/id' } as const

/** `POST /v1/make` answers what it made, `POST /v1/use` names it. */
const keeping = adapter({
  operations: [
    operation({
      name: 'make',
      path: '/v1/make',
      model: 'none',
      readRequest: () => emptyView,
      readResponse: (body) =>
        body.type === 'json'
          ? { ...emptyView, made: [{ kind: member(body.value, 'kind'), id: member(body.value, 'id') }] }
          : emptyView,
    }),
    operation({
      name: 'use',
      path: '/v1/use',
      model: 'none',
      readRequest: (body) => {
        if (body.type !== 'json') return emptyView
        const use = member(body.value, 'use') as Reference['use']
        return {
          ...emptyView,
          references: [{ kind: member(body.value, 'kind'), id: member(body.value, 'id'), place, use }],
        }
      },
    }),
  ],
})

const otherKey = `detect_live_${'o'.repeat(32)}`
const other = { ...keyRecord, id: 'key_000000000002', app: 'ac_other0000000', hash: `sha256:${fakeHash(otherKey)}` }

/** Two AppContexts in one gateway; `members` are the first one's. */
function two(context: Partial<AppContext>, policies: readonly Policy[], members: Partial<App> = {}): Running {
  const upstream: NonNullable<Fixture['upstream']> = ({ body }) => reply(new TextDecoder().decode(body))
  const app = (id: string): App => ({
    context: { ...appContext, ...context, id },
    adapters: [{ id: 'fake', instance: keeping }],
    judgedBy: 'rules',
    detectors: [],
    toolFilters: [],
    policies,
  })
  return running({
    upstream,
    setup: { keys: [keyRecord, other], apps: [{ ...app(appContext.id), ...members }, app(other.app)] },
  })
}

async function status(run: Running, path: string, body: Json, key = detectionKey): Promise<number> {
  const response = await run.gateway.handle(request(body, { path, headers: { 'x-detection-key': key } }))
  return response.status
}

// Two AppContexts, all kinds of ids, all uses.
describe('43 ids of another AppContext', () => {
  for (const kind of kinds) {
    for (const use of uses) {
      for (const [rules, policies] of [
        ['a rule that could act', [block]],
        ['no rule that could act', [shadow]],
      ] as const) {
        test(`${kind} as ${use}, with ${rules}`, async () => {
          const run = two({}, policies)
          expect(await status(run, '/v1/make', { kind, id: 'x-1' })).toBe(200)
          const made = run.calls()
          expect(await status(run, '/v1/use', { kind, id: 'x-1', use }, otherKey)).toBe(403)
          expect(run.calls()).toBe(made)
          // Its requests were not read: it came in no upload.
          const own = use === 'requests' && policies[0] === block ? 403 : 200
          expect(await status(run, '/v1/use', { kind, id: 'x-1', use })).toBe(own)
          const unknown = policies[0] === block ? 403 : 200
          expect(await status(run, '/v1/use', { kind, id: 'x-2', use })).toBe(unknown)
          expect(await status(run, '/v1/use', { kind: 'another', id: 'x-1', use })).toBe(unknown)
        })
      }
    }
  }

  test('what is unknown can be let through, and is on record as not inspected; what is another’s never', async () => {
    const run = two({ unknownIds: 'forward' }, [block])
    expect(await status(run, '/v1/make', { kind: 'file', id: 'x' })).toBe(200)
    expect(await status(run, '/v1/use', { kind: 'file', id: 'x', use: 'input' }, otherKey)).toBe(403)
    expect(await status(run, '/v1/use', { kind: 'file', id: 'y', use: 'input' })).toBe(200)
    const [, refused, forwarded] = await run.events()
    expect(refused?.data).toMatchObject({ outcome: 'refused', code: 'SLUICE_REFERENCE_NOT_ALLOWED' })
    const missed = forwarded?.data.segments.notInspected.map(({ direction, content }) => [direction, content])
    expect(missed).toContainEqual(['ingress', 'file'])
  })

  test('what is unknown can be refused without a rule', async () => {
    const run = two({ unknownIds: 'refuse' }, [])
    expect(await status(run, '/v1/use', { kind: 'file', id: 'y', use: 'record' })).toBe(403)
  })

  test('requests nobody read are refused where models are limited', async () => {
    const run = two({ allowedModels: ['m'] }, [])
    expect(await status(run, '/v1/make', { kind: 'file', id: 'x' })).toBe(200)
    expect(await status(run, '/v1/use', { kind: 'file', id: 'x', use: 'requests' })).toBe(403)
    expect(await status(run, '/v1/use', { kind: 'file', id: 'x', use: 'input' })).toBe(200)
  })

  test('no id is written anywhere as it stands', async () => {
    const run = two({}, [])
    await status(run, '/v1/make', { kind: 'file', id: 'file-canary' })
    expect(run.store.kept.rows.size).toBe(1)
    expect(JSON.stringify([...run.store.kept.rows])).not.toContain('canary')
  })

  test('a store that cannot keep an id changes nothing of the answer, and the id stays unknown', async () => {
    const run = two({}, [block])
    run.store.kept.update = () => {
      throw new Error('disk full')
    }
    expect(await status(run, '/v1/make', { kind: 'file', id: 'x' })).toBe(200)
    expect(await status(run, '/v1/use', { kind: 'file', id: 'x', use: 'input' })).toBe(403)
    const [made] = await run.events()
    expect(made?.data.faults).toContainEqual({ plugin: 'store', hook: 'kept', code: 'SLUICE_STORE_FAILED' })
  })
})
