import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Severity } from '../../packages/core/src/index.ts'
import type { Case } from '../case.ts'
import { type Peer, somewhere } from './peer.ts'

export const agentThreatRules: Peer = {
  name: 'agent-threat-rules',
  version: '4.0.0',
  how:
    'all its rules on one event for each text, as input of the model, answer of a tool or call of one. Of ' +
    '`injection` and `agent-threats` most cases are its own tests',
  domains: ['injection', 'commands'],
  async open(domain) {
    const { ATREngine } = await import('agent-threat-rules')
    const entry = fileURLToPath(import.meta.resolve('agent-threat-rules'))
    const engine = new ATREngine({ rulesDir: join(dirname(entry), '..', 'rules') })
    await engine.loadRules()
    const type = domain === 'injection' ? 'PROMPT_INJECTION' : 'TOOL_SQL_AND_SHELL'
    return (one) => {
      const matches = engine.evaluate(eventOf(one))
      return matches.flatMap(({ confidence, rule }) =>
        somewhere(type, one.text, confidence).map((found) => ({
          ...found,
          severity: severities[rule.severity] ?? 'LOW',
        })),
      )
    }
  },
}

const severities: Readonly<Record<string, Severity>> = {
  critical: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
}

/** A fixed time: nothing in its rules depends on it. */
const timestamp = '2026-01-01T00:00:00.000Z'

function eventOf({ text, segment: { kind, tool } }: Case) {
  if (kind === 'tool-arguments') {
    return { type: 'tool_call', timestamp, content: text, fields: { tool_name: tool?.name ?? '', tool_args: text } }
  }
  if (kind === 'tool-result')
    return { type: 'tool_response', timestamp, content: text, fields: { tool_response: text } }
  return { type: 'llm_input', timestamp, content: text, fields: { user_input: text } }
}
