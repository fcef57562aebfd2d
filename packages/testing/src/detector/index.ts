export * from './run-detector.ts'
export * from './test-detector.ts'
