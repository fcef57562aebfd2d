import type { CallContext, SetupContext } from '@sluice/core'

const silent = { debug() {}, info() {}, warn() {}, error() {} }
const { signal } = new AbortController()

export const setup: SetupContext = { instance: 'anthropic', folder: '/', log: silent, signal, now: () => 0 }
export const call: CallContext = { exchange: 'x_1', app: 'ac_1', operation: 'models.list', signal }
