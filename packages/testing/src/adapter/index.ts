export type { AdapterSamples, AdapterTestOptions, AnswerSample } from './adapter-samples.ts'
export { testAdapter } from './test-adapter.ts'
