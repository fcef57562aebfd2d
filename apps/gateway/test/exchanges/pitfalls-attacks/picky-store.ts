import type { StoreDefinition } from '@sluice/core'
import sqlite from '@sluice/store-sqlite'

/** The store that everybody uses, but it takes no batch with an event of the model `poison` in it. */
const store: StoreDefinition<Parameters<typeof sqlite.create>[0]> = {
  ...sqlite,
  meta: { name: 'picky-store', version: '1.0.0', description: 'Takes no poison' },
  async create(options, ctx) {
    const own = await sqlite.create(options, ctx)
    return {
      ...own,
      audit: {
        ...own.audit,
        append(events) {
          if (events.some(({ data }) => data.model === 'poison')) throw new Error('poison')
          return own.audit.append(events)
        },
      },
    }
  },
}

export default store
