import { describe, test } from 'bun:test'
import { testStore } from '@sluice/testing'
import { temporaryStore } from '../test/temporary-store.ts'

testStore('store-sqlite', temporaryStore, { describe, test })
