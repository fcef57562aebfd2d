import { type DetectorDefinition, defineDetector, SluiceError } from '@sluice/core'
import { type ReadyFlow, readyFlow } from './flow.ts'
import { findFlows } from './judge.ts'
import { type FlowsOptions, flowsOptions } from './options.ts'
import { type FlowType, flowTypes } from './types.ts'

export type { Flow, FlowsOptions } from './options.ts'
export type { FlowType } from './types.ts'

/** Finds values that flow from where they must not into calls that act. */
const flows: DetectorDefinition<FlowsOptions, FlowType> = defineDetector<FlowsOptions, FlowType>({
  kind: 'detector',
  spec: 'v1',
  meta: {
    name: '@sluice/detector-flows',
    version: '0.1.0',
    description: 'Finds values that flow from where they must not into calls that act',
  },
  options: flowsOptions,
  create(options, { instance }) {
    const made = options.flows.map(readyFlow)
    const wrong = made.filter((flow) => typeof flow === 'string')
    if (wrong.length > 0) {
      throw new SluiceError('SLUICE_PLUGIN_OPTIONS_INVALID', `flows: ${wrong.join('; ')}.`, { plugin: instance })
    }
    const ready = made.filter((flow): flow is ReadyFlow => typeof flow !== 'string')
    return { mode: 'exchange', types: flowTypes, inspectExchange: (said) => findFlows(ready, said) }
  },
})

export default flows
