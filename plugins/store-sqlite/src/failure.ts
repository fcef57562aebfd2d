import { isSluiceError, SluiceError } from '@sluice/core'

/** Runs `work`; what SQLite throws leaves as SLUICE_STORE_FAILED. SQLite's messages name columns, never values. */
export function storing<T>(plugin: string, hook: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (isSluiceError(cause)) throw cause
    const reason = cause instanceof Error ? cause.message : 'unknown error'
    throw new SluiceError('SLUICE_STORE_FAILED', `the store failed: ${reason}`, { plugin, hook, cause })
  }
}

/** A failure that a person can do something about: `message` says what. */
export function storeFailure(plugin: string, hook: string, message: string, cause?: unknown): SluiceError {
  return new SluiceError('SLUICE_STORE_FAILED', message, { plugin, hook, cause })
}
