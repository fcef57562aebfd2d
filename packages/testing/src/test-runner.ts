/** What a kit needs of a test runner: `bun:test` and `node:test` (on Deno too) both have it. */
export interface TestRunner {
  describe(name: string, body: () => void): void
  test(name: string, body: () => Promise<void>): void
}
