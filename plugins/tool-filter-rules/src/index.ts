import { defineToolFilter, type ToolFilterDefinition } from '@sluice/core'
import { optionsSchema, type ToolFilterRulesOptions } from './options.ts'
import { toolRules } from './tool-rules.ts'

export type { Capability } from './capability.ts'
export type { ToolFilterRulesOptions } from './options.ts'

const definition: ToolFilterDefinition<ToolFilterRulesOptions> = defineToolFilter({
  kind: 'tool-filter',
  spec: 'v1',
  meta: {
    name: '@sluice/tool-filter-rules',
    version: '0.1.0',
    description: 'Decides by name and by capability which tools a model may be told of and may call',
  },
  options: optionsSchema,
  create: (options) => toolRules(options),
})

export default definition
