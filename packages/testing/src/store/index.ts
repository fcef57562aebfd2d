export { sampleActor, sampleEvent, sampleKey, sampleSession } from './store-samples.ts'
export type { StoreUnderTest } from './store-under-test.ts'
export { testStore } from './test-store.ts'
