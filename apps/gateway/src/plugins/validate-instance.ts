import {
  type AdapterInstance,
  type DetectorInstance,
  SluiceError,
  type StoreInstance,
  type ToolFilterInstance,
} from '@sluice/core'

/** What `create` answered, known to have the shape of its kind. */
export type PluginInstance =
  | { readonly kind: 'adapter'; readonly instance: AdapterInstance }
  | { readonly kind: 'detector'; readonly instance: DetectorInstance }
  | { readonly kind: 'tool-filter'; readonly instance: ToolFilterInstance }
  | { readonly kind: 'store'; readonly instance: StoreInstance }

/**
 * Looks at every member the gateway will use: a plugin may come from a compiler that looked at none.
 * @throws SluiceError SLUICE_PLUGIN_INVALID
 */
export function validateInstance(kind: PluginInstance['kind'], made: unknown, plugin: string): PluginInstance {
  const faults = isObject(made) ? checks[kind](made) : ['is no object']
  const [first] = faults
  if (first !== undefined) {
    throw new SluiceError('SLUICE_PLUGIN_INVALID', `what its create() made is not usable: ${faults.join('; ')}`, {
      plugin,
      hook: 'create',
    })
  }
  // The checks above looked at every member that the type of this kind has.
  return { kind, instance: made } as PluginInstance
}

type Check = (made: Record<string, unknown>) => string[]

const checks: Readonly<Record<PluginInstance['kind'], Check>> = {
  adapter(made) {
    const faults = missingFunctions(made, ['upstream'])
    const { operations, origins, credentialHeaders, keyHeaders } = made
    if (!Array.isArray(operations) || operations.length === 0) faults.push('operations is empty')
    else for (const [index, operation] of operations.entries()) faults.push(...operationFaults(operation, index))
    const { refused = [] } = made
    if (!Array.isArray(refused) || !refused.every(isRefusedPath))
      faults.push('refused is no list of paths with reasons')
    if (!isTexts(origins) || !origins.every(isOrigin))
      faults.push('origins are not origins like https://api.example.com')
    if (!isTexts(credentialHeaders) || credentialHeaders.some((name) => name !== name.toLowerCase())) {
      faults.push('credentialHeaders are not lower-case header names')
    } else if (
      keyHeaders !== undefined &&
      !(isTexts(keyHeaders) && keyHeaders.every((name) => credentialHeaders.includes(name)))
    ) {
      faults.push('keyHeaders are not among its credentialHeaders')
    }
    return faults
  },

  detector(made) {
    const faults: string[] = []
    const { types, mode, excludes } = made
    if (!isObject(types) || Object.keys(types).length === 0) faults.push('types is empty')
    else for (const [type, declared] of Object.entries(types)) faults.push(...typeFaults(type, declared))
    if (mode === 'scan') faults.push(...missingFunctions(made, ['init', 'push', 'end']))
    else if (mode === 'inspect') faults.push(...missingFunctions(made, ['inspect']))
    else if (mode === 'exchange') faults.push(...missingFunctions(made, ['inspectExchange']))
    else faults.push('mode is none of scan, inspect, exchange')
    if (excludes !== undefined && !isTexts(excludes)) faults.push('excludes is no list of kinds')
    return faults
  },

  'tool-filter'(made) {
    const hooks = ['define', 'call', 'result'].filter((hook) => made[hook] !== undefined)
    return hooks.length === 0 ? ['it has none of define, call and result'] : missingFunctions(made, hooks)
  },

  store(made) {
    const faults = missingFunctions(made, ['secret', 'flush', 'check'])
    const tables = {
      keys: ['create', 'find', 'list', 'revoke'],
      actors: ['get', 'update'],
      sessions: ['get', 'update'],
      kept: ['get', 'update'],
      counters: ['take'],
      audit: ['append', 'read'],
    }
    for (const [name, methods] of Object.entries(tables)) {
      const table = made[name]
      if (!isObject(table)) faults.push(`${name} is missing`)
      else faults.push(...missingFunctions(table, methods, `${name}.`))
    }
    return faults
  },
}

function operationFaults(operation: unknown, index: number): string[] {
  const at = `operations[${index}]`
  if (!isObject(operation)) return [`${at} is no object`]
  const faults = missingFunctions(operation, ['readRequest', 'readResponse', 'decoder', 'refuse'], `${at}.`)
  if (typeof operation['name'] !== 'string') faults.push(`${at}.name is missing`)
  if (typeof operation['path'] !== 'string' || !operation['path'].startsWith('/')) faults.push(`${at}.path is no path`)
  if (!isTexts(operation['methods']) || operation['methods'].length === 0) faults.push(`${at}.methods is empty`)
  const { inspection, reason, transport, socket } = operation
  if (transport === 'websocket') {
    if (!isObject(socket)) faults.push(`${at}.socket is missing`)
    else faults.push(...missingFunctions(socket, ['session', 'credentials', 'refuse'], `${at}.socket.`))
    if (operation['request'] !== 'none') faults.push(`${at} is a WebSocket and takes a body`)
  } else if (transport !== 'http') faults.push(`${at}.transport is neither word`)
  if (inspection !== 'inspected' && inspection !== 'opaque') faults.push(`${at}.inspection is neither word`)
  if (inspection === 'opaque' && (typeof reason !== 'string' || reason === '')) {
    faults.push(`${at} is opaque and gives no reason`)
  }
  const { samples } = operation
  if (samples !== undefined && typeof samples !== 'function') faults.push(`${at}.samples is no function`)
  for (const list of ['ignores', 'responseIgnores']) {
    const ignores = operation[list]
    const valid = (item: unknown) =>
      isObject(item) && typeof item['pointer'] === 'string' && typeof item['reason'] === 'string'
    if (!Array.isArray(ignores) || !ignores.every(valid))
      faults.push(`${at}.${list} is no list of pointers with reasons`)
  }
  return faults
}

const severities: readonly unknown[] = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']
const domains: readonly unknown[] = [
  'DATA_PROTECTION',
  'SYSTEM_INTEGRITY',
  'AUTONOMOUS_ACTION',
  'IDENTITY_TRUST',
  'ADVERSARIAL',
]
const classifications: readonly unknown[] = ['PII', 'PHI', 'FINANCIAL', 'CREDENTIALS', 'IP', 'NONE']
const upperSnake = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/

function typeFaults(type: string, declared: unknown): string[] {
  if (!upperSnake.test(type)) return ['a name in types is not UPPER_SNAKE']
  if (!isObject(declared)) return [`types.${type} is no object`]
  const faults: string[] = []
  if (typeof declared['message'] !== 'string') faults.push(`types.${type}.message is missing`)
  if (!severities.includes(declared['severity'])) faults.push(`types.${type}.severity is unknown`)
  if (!domains.includes(declared['riskDomain'])) faults.push(`types.${type}.riskDomain is unknown`)
  if (!classifications.includes(declared['dataClassification'])) {
    faults.push(`types.${type}.dataClassification is unknown`)
  }
  const category = declared['riskCategory']
  if (typeof category !== 'string' || !upperSnake.test(category)) {
    faults.push(`types.${type}.riskCategory is not UPPER_SNAKE`)
  }
  return faults
}

function missingFunctions(made: Record<string, unknown>, names: readonly string[], prefix = ''): string[] {
  return names.filter((name) => typeof made[name] !== 'function').map((name) => `${prefix}${name} is no function`)
}

function isRefusedPath(item: unknown): boolean {
  return isObject(item) && typeof item['path'] === 'string' && typeof item['reason'] === 'string'
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
