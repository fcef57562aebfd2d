import { agentThreatRules } from './agent-threat-rules.ts'
import { haiGuardrails } from './hai-guardrails.ts'
import { openaiGuardrails } from './openai-guardrails.ts'
import type { Peer } from './peer.ts'
import { secretlint } from './secretlint.ts'
import { vardPeer } from './vard.ts'

export const peers: readonly Peer[] = [openaiGuardrails, secretlint, haiGuardrails, vardPeer, agentThreatRules]
