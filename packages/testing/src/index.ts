export * from './split/index.ts'
export * from './upstream/index.ts'
