// `deno test --conditions=sluice-source -A`: the same contract on the other runtime.
import { describe, test } from 'node:test'
import { testStore } from '@sluice/testing'
import { temporaryStore } from './temporary-store.ts'

testStore('store-sqlite on Deno', temporaryStore, { describe, test })
