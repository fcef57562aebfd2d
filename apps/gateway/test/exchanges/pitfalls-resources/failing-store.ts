import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { StoreDefinition } from '@sluice/core'
import sqlite from '@sluice/store-sqlite'

/** The store that everybody uses, which does not answer as long as there is a file `broken` beside the configuration. */
const store: StoreDefinition<Parameters<typeof sqlite.create>[0]> = {
  ...sqlite,
  meta: { name: 'failing-store', version: '1.0.0', description: 'Fails when told to' },
  async create(options, ctx) {
    const own = await sqlite.create(options, ctx)
    const answering = (): void => {
      if (existsSync(join(ctx.folder, 'broken'))) throw new Error('the store does not answer')
    }
    return {
      ...own,
      audit: {
        ...own.audit,
        append(events) {
          answering()
          return own.audit.append(events)
        },
      },
      check() {
        answering()
        return own.check()
      },
    }
  },
}

export default store
