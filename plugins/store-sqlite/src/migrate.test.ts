import { afterEach, beforeEach, expect, test } from 'bun:test'
import { DatabaseSync } from 'node:sqlite'
import { migrate, schemaState } from './migrate.ts'

const steps = ['CREATE TABLE a (x INTEGER)', 'INSERT INTO a VALUES (1); ALTER TABLE a ADD COLUMN y TEXT']
let db: DatabaseSync
beforeEach(() => {
  db = new DatabaseSync(':memory:')
})
afterEach(() => db.close())

test('an empty database takes every step, a current one none', () => {
  expect(schemaState(db, steps)).toBe('empty')
  expect(migrate(db, steps)).toBe('current')
  expect(migrate(db, steps)).toBe('current')
  expect(db.prepare('SELECT * FROM a').all()).toEqual([{ x: 1, y: null }])
})

test('an older database takes the steps it lacks', () => {
  migrate(db, steps.slice(0, 1))
  expect(schemaState(db, steps)).toBe('older')
  expect(migrate(db, steps)).toBe('current')
  expect(db.prepare('SELECT * FROM a').all()).toEqual([{ x: 1, y: null }])
})

test('a newer database is not touched', () => {
  migrate(db, steps)
  expect(migrate(db, steps.slice(0, 1))).toBe('newer')
  expect(schemaState(db, steps)).toBe('current')
})

test('a step that fails takes all steps back', () => {
  expect(() => migrate(db, [...steps, 'SYNTAX ERROR'])).toThrow()
  expect(schemaState(db, steps)).toBe('empty')
  expect(migrate(db, steps)).toBe('current')
})
