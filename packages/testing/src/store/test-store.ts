import type { TestRunner } from '../test-runner.ts'
import { auditSuite } from './audit-suite.ts'
import { counterSuite } from './counter-suite.ts'
import { keySuite } from './key-suite.ts'
import { serviceSuite } from './service-suite.ts'
import { stateSuite } from './state-suite.ts'
import type { StoreUnderTest } from './store-under-test.ts'

/** The contract of a store, as tests. `open` answers a store that holds nothing yet; each test has its own. */
export function testStore(name: string, open: () => Promise<StoreUnderTest>, runner: TestRunner): void {
  const suites = {
    keys: keySuite,
    states: stateSuite,
    counters: counterSuite,
    audit: auditSuite,
    service: serviceSuite,
  }
  for (const [part, suite] of Object.entries(suites)) {
    runner.describe(`${name}: ${part}`, () => {
      suite((title, body) =>
        runner.test(title, async () => {
          const subject = await open()
          try {
            await body(subject)
          } finally {
            await subject.close()
          }
        }),
      )
    })
  }
}
