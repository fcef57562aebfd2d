// Another process: `bun key-process.ts <folder> create|revoke`, for the test that watches from outside.
import { sampleKey } from '@sluice/testing'
import { openIn } from './temporary-store.ts'

const [folder = '', command] = process.argv.slice(2)
const store = await openIn(folder)
if (command === 'create') await store.keys.create(sampleKey(1))
else await store.keys.revoke(sampleKey(1).id, 7)
process.stdout.write(`${Date.now()}`)
await store.close?.()
