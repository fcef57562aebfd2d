import { defineStore, type StoreDefinition } from '@sluice/core'
import { openDatabase } from './open-database.ts'
import { optionsSchema, type StoreSqliteOptions } from './options.ts'
import { sqliteStore } from './sqlite-store.ts'

export type { StoreSqliteOptions } from './options.ts'

const definition: StoreDefinition<StoreSqliteOptions> = defineStore({
  kind: 'store',
  spec: 'v1',
  meta: {
    name: '@sluice/store-sqlite',
    version: '0.1.0',
    description: 'Keys, actors, sessions, counters and the record in one SQLite file',
  },
  options: optionsSchema,
  create: (options, ctx) => sqliteStore(openDatabase(options.path, ctx), ctx),
})

export default definition
