import type { ToolFilterInstance, ToolVerdict } from '@sluice/core'
import { LRUCache } from 'lru-cache'
import type { Capability } from './capability.ts'
import { commandRules } from './command-rules.ts'
import { maxName, nameGlobs } from './name-globs.ts'
import type { ToolFilterRulesOptions } from './options.ts'
import { recognise } from './recognise.ts'
import { serverRules } from './servers.ts'
import type { Judged } from './tool-words.ts'

const abstain: ToolVerdict = { type: 'abstain' }

/** Judges definitions and calls alike. Deny beats allow; what no rule speaks of is left to others. */
export function toolRules(options: ToolFilterRulesOptions): ToolFilterInstance {
  const denied = nameGlobs(options.deny, { ignoreCase: true })
  const allowed = nameGlobs(options.allow, { ignoreCase: false })
  const deniesNames = options.deny.length > 0 || options.allow.length > 0
  const judge =
    options.denyCapabilities.length === 0
      ? () => abstain
      : remembering((tool) => byCapability(tool, options.denyCapabilities))
  const reachOf = serverRules(options)
  const commandOf = commandRules(options.denyCommands)
  // Tools that their name alone would deny and their definition did not, by exchange: their calls may pass.
  const cleared = new LRUCache<string, true>({ max: 20_000 })

  function byDenied(name: string): ToolVerdict {
    if (!deniesNames) return abstain
    if (name.length > maxName) return deny('TOOL_DENIED_BY_NAME', 'The name is longer than any rule is asked about.')
    return denied(name) ? deny('TOOL_DENIED_BY_NAME', 'The name is on the list of denied tools.') : abstain
  }

  function byName(name: string): ToolVerdict {
    const verdict = byDenied(name)
    if (verdict.type === 'deny' || options.allow.length === 0) return verdict
    return allowed(name) ? { type: 'allow' } : deny('TOOL_NOT_ALLOWED', 'The name is not on the list of allowed tools.')
  }

  return {
    define(tool, ctx) {
      const reach = reachOf(tool)
      // Who lists a server answers for what it offers: the tool needs no other allowance, and no name of its own.
      const named = reach === 'listed' ? byDenied(tool.name) : byName(tool.name)
      if (named.type === 'deny') return named
      if (reach !== 'listed') {
        const able = judge(tool)
        if (able.type === 'deny') return able
      }
      if (reach === 'unlisted') {
        return deny('TOOL_SERVER_NOT_ALLOWED', 'The tool reaches out to a server or connector that is not listed.')
      }
      if (judge(nameOnly(tool.name)).type === 'deny') cleared.set(`${ctx.exchange} ${tool.name}`, true)
      return reach === 'listed' ? { type: 'allow' } : named
    },
    call(call, ctx) {
      const named = byName(call.name)
      if (named.type === 'deny') return named
      if (!cleared.has(`${ctx.exchange} ${call.name}`)) {
        const able = judge(nameOnly(call.name))
        if (able.type === 'deny') return able
      }
      return byCommand(commandOf(call)) ?? named
    },
  }
}

/** A call does not say whose tool it is: judged as what is known under that name, the provider's own tools included. */
function nameOnly(name: string): Judged {
  return { type: 'hosted', name }
}

function byCapability(tool: Judged, denied: readonly Capability[]): ToolVerdict {
  const has = recognise(tool)
  if (has === undefined) {
    return deny('TOOL_CAPABILITY_DENIED', 'The definition is too large to tell what the tool can do.')
  }
  const found = denied.find((capability) => has.has(capability))
  return found === undefined ? abstain : deny('TOOL_CAPABILITY_DENIED', `The tool is recognised as ${found}.`)
}

function byCommand(command: ReturnType<ReturnType<typeof commandRules>>): ToolVerdict | undefined {
  if (command === undefined) return undefined
  const reason =
    command === 'too-large'
      ? 'The arguments are too large to tell what the call would do.'
      : `The arguments hold something recognised as ${command}.`
  return deny('TOOL_COMMAND_DENIED', reason)
}

function deny(code: string, reason: string): ToolVerdict {
  return { type: 'deny', code, reason }
}

/** Applications send the same tools with every request; reading one takes some 20 µs, remembering it 2. */
function remembering(judge: (tool: Judged) => ToolVerdict): (tool: Judged) => ToolVerdict {
  const known = new LRUCache<string, ToolVerdict>({
    max: 2_000,
    maxSize: 8_000_000,
    sizeCalculation: (_, key) => key.length + 1,
  })
  return (tool) => {
    const key = JSON.stringify([tool.type, tool.name, tool.description, tool.inputSchema])
    const before = known.get(key)
    if (before !== undefined) return before
    const verdict = judge(tool)
    known.set(key, verdict)
    return verdict
  }
}
