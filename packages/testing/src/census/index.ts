export { type CensusExpectations, type CensusTestOptions, testCensus } from './test-census.ts'
