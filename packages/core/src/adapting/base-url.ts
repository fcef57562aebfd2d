import { SluiceError } from '../protocol/errors.ts'

/** Where a provider is reached. */
export interface BaseUrlOptions {
  /** What stands in for the `/v1` of a path upstream. */
  readonly baseUrl: string
  /** http is taken for hosts other than this machine, too. */
  readonly allowInsecure: boolean
}

/** The base URL of the options, checked, without a slash at its end. Throws SLUICE_PLUGIN_OPTIONS_INVALID. */
export function checkBaseUrl({ baseUrl, allowInsecure }: BaseUrlOptions, plugin: string): URL {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  // The value itself stays out of the messages: it may hold a password.
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw invalid(plugin, 'must be an http or https URL')
  }
  if (url.username !== '' || url.password !== '') throw invalid(plugin, 'must hold no user name and no password')
  // An empty query or fragment shows in the text only.
  if (/[?#]/.test(baseUrl)) throw invalid(plugin, 'must have no query and no fragment')
  if (url.protocol === 'http:' && !allowInsecure && !isLoopback(url.hostname)) {
    throw invalid(plugin, 'must be https, unless the host is this machine or `allowInsecure` is set')
  }
  url.pathname = url.pathname.replace(/\/+$/, '')
  return url
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  )
}

function invalid(plugin: string, problem: string): SluiceError {
  return new SluiceError('SLUICE_PLUGIN_OPTIONS_INVALID', `baseUrl ${problem}.`, { plugin, hook: 'create' })
}
