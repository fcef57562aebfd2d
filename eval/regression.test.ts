import { describe, expect, test } from 'bun:test'
import { corporaIn } from './corpora.ts'
import { loadDetectors } from './detectors.ts'
import { ownCorpus } from './fixtures.ts'
import { figureOf, type Row } from './row.ts'
import { runTask } from './run-task.ts'
import type { Task } from './task.ts'
import { tasks } from './tasks.ts'

/** What must hold on our own cases, however the rules change: `[the least, the most]`. Not what happens to come out. */
const bounds: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>> = {
  secrets: { recall: [0.95, 1], 'false cases called found': [0, 0.05] },
  'pii-spans': {
    'FINANCIAL_CARD_NUMBER: recall': [1, 1],
    'FINANCIAL_CARD_NUMBER: precision': [1, 1],
    'PII_EMAIL: recall': [1, 1],
    'PII_PHONE: recall': [0.75, 1],
    'PII_PHONE: precision': [0.75, 1],
    'FINANCIAL_IBAN: recall': [1, 1],
    'PII_SSN: recall': [1, 1],
    'PII_IP_ADDRESS: recall': [1, 1],
    'PII_IP_ADDRESS: precision': [1, 1],
  },
  'pii-cases': { recall: [0.9, 1], 'counter-examples: false accepts': [0, 0.1] },
  injection: {
    'jailbreaks in the wild: recall': [0.75, 1],
    'all attacks: recall': [0.75, 1],
    'ordinary prompts: false alarms': [0, 0],
    'all that is no attack: false alarms': [0, 0.1],
  },
  indirect: { 'attacks: recall': [0.6, 1], 'documents without: false alarms': [0, 0] },
  shell: {
    'living off the land, JSON: recall': [0.8, 1],
    'living off the land, bare: recall': [0.8, 1],
    'ordinary commands, JSON: false alarms': [0, 0],
    'ordinary commands, bare: false alarms': [0, 0],
  },
  exfiltration: {
    'every syntax: recall': [0.9, 1],
    'ordinary images: false alarms': [0, 0],
    'ordinary links and sentences: false alarms': [0, 0],
  },
  flows: { 'attack traces: stopped': [0.9, 1], 'benign traces: broken': [0, 0] },
  benign: {
    'secrets, code: findings per MB': [0, 0],
    'secrets, documentation: findings per MB': [0, 0],
  },
}

/** As much of what is found as it stands has to be found encoded. */
const encodedRecall = 0.95

const corpora = corporaIn(undefined, false)
const { loaded } = await loadDetectors()

function taskOf(id: string): Task {
  return tasks.find((one) => one.id === id) ?? expect.unreachable(`a task ${id}`)
}

/** Where none of its detectors is installed there is nothing to hold it to; `bun run eval` says that it is left out. */
const isInstalled = (id: string): boolean => taskOf(id).detectors.some((name) => loaded.has(name))

async function rowsOf(id: string): Promise<ReadonlyMap<string, Row>> {
  const result = await runTask(taskOf(id), corpora, loaded, Number.MAX_SAFE_INTEGER)
  return new Map(result?.ours.rows.map((row) => [row.name, row]))
}

describe('our own cases', () => {
  for (const [id, rows] of Object.entries(bounds)) {
    test.skipIf(!isInstalled(id))(`${id}: no figure is past its bound`, async () => {
      const measured = await rowsOf(id)
      for (const [name, [least, most]] of Object.entries(rows)) {
        const row = measured.get(name)
        const figure = row === undefined ? Number.NaN : figureOf(row)
        const failed = row?.failed.map((one) => one.case.text) ?? []
        expect({ name, figure, holds: figure >= least && figure <= most, failed }).toMatchObject({ name, holds: true })
      }
    })
  }

  test.skipIf(!isInstalled('encodings'))('encodings: what is found as it stands is found encoded', async () => {
    const measured = await rowsOf('encodings')
    const plain = figureOf(measured.get('as it stands') ?? expect.unreachable('it is measured plain'))
    const worse = [...measured.values()].filter(
      ({ name, aim, ...row }) => aim !== undefined && figureOf({ name, ...row }) < plain * encodedRecall,
    )
    expect(measured.size).toBeGreaterThan(13)
    expect(worse.map(({ name }) => name)).toEqual([])
  })

  test('every corpus has a stand-in, with something to find or to leave alone', () => {
    for (const name of new Set(tasks.flatMap((task) => task.corpora))) {
      expect({ name, cases: ownCorpus(name).length > 0 }).toEqual({ name, cases: true })
    }
  })
})
