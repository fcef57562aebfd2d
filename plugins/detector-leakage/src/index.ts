import { type DetectorDefinition, defineDetector } from '@sluice/core'
import { findLeaks } from './find-leaks.ts'
import { type LeakageOptions, leakageOptions } from './options.ts'
import { type LeakageType, leakageTypes } from './types.ts'

export { type KnownInstructions, knowInstructions, type Leak, type LeakageLimits, leakage } from './leakage.ts'
export type { LeakageOptions } from './options.ts'
export type { LeakageType } from './types.ts'

/** Finds answers that repeat the instructions of their request, and markers that only the instructions hold. */
const leaks: DetectorDefinition<LeakageOptions, LeakageType> = defineDetector<LeakageOptions, LeakageType>({
  kind: 'detector',
  spec: 'v1',
  meta: {
    name: '@sluice/detector-leakage',
    version: '0.1.0',
    description: 'Finds answers that repeat the instructions they were given, and canary tokens',
  },
  options: leakageOptions,
  create({ canaries = [], words = 25, part = 0.5 }) {
    return {
      mode: 'exchange',
      types: leakageTypes,
      inspectExchange: (exchange) => findLeaks(exchange, canaries, { words, part }),
    }
  },
})

export default leaks
