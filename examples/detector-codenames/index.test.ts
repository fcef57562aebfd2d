import { test } from 'bun:test'
import { testDetector } from '@sluice/testing'
import detector from './index.ts'

const context = {
  instance: 'codenames',
  folder: import.meta.dirname,
  log: { debug() {}, info() {}, warn() {}, error() {} },
  signal: new AbortController().signal,
  now: Date.now,
}

testDetector(
  () => detector.create({ names: ['Bluebird'] }, context),
  {
    IP_CODENAME: {
      found: ['We ship [[Bluebird]] in May.', '[[BLUE-BIRD]] and [[blue bird]]'],
      clean: ['A bluebirdhouse in the garden', 'two blue birds', 'Blue. Bird.'],
    },
  },
  { test },
)
