/** Something broke, or a person made a mistake. A refusal is not an error: decisions are values. */
export type SluiceErrorCode =
  | 'SLUICE_CONFIG_NOT_FOUND'
  | 'SLUICE_CONFIG_INVALID'
  | 'SLUICE_PLUGIN_NOT_FOUND'
  | 'SLUICE_PLUGIN_INVALID'
  | 'SLUICE_PLUGIN_SPEC_UNSUPPORTED'
  | 'SLUICE_PLUGIN_OPTIONS_INVALID'
  | 'SLUICE_PLUGIN_FAILED'
  | 'SLUICE_PLUGIN_TIMEOUT'
  | 'SLUICE_SECRET_MISSING'
  | 'SLUICE_STORE_FAILED'
  | 'SLUICE_ENVIRONMENT_UNSAFE'
  | 'SLUICE_LISTEN_FAILED'
  | 'SLUICE_USAGE'

export class SluiceError extends Error {
  override readonly name: string = 'SluiceError'
  // A string key, not a class identity: two copies of this package must recognise each other's errors.
  readonly '~sluice': 'error/v1' = 'error/v1'
  readonly code: SluiceErrorCode
  readonly plugin: string | undefined
  readonly hook: string | undefined

  constructor(code: SluiceErrorCode, message: string, at: { plugin?: string; hook?: string; cause?: unknown } = {}) {
    super(at.plugin === undefined ? message : `[${at.plugin}] ${message}`, { cause: at.cause })
    this.code = code
    this.plugin = at.plugin
    this.hook = at.hook
  }
}

export function isSluiceError(error: unknown): error is SluiceError {
  return typeof error === 'object' && error !== null && '~sluice' in error && error['~sluice'] === 'error/v1'
}
