export { testToolFilter } from './test-tool-filter.ts'
export type {
  ExpectedVerdict,
  SampleCall,
  SampleResult,
  SampleTool,
  ToolFilterFixtures,
} from './tool-filter-fixtures.ts'
