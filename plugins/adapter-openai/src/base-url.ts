import { SluiceError } from '@sluice/core'
import type { OpenAIOptions } from './options.ts'

/** The base URL of the options, checked, without a slash at its end. Throws SLUICE_PLUGIN_OPTIONS_INVALID. */
export function checkBaseUrl({ baseUrl, allowInsecure, api }: OpenAIOptions, plugin: string): URL {
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
  const problem = api === 'azure' ? azureProblem(url) : undefined
  if (problem !== undefined) throw invalid(plugin, problem)
  return url
}

/** What would lead every call to a path that Azure does not have, or to somebody else. */
function azureProblem({ hostname, pathname }: URL): string | undefined {
  if (hostname === 'api.openai.com') return 'must be that of your resource: `https://RESOURCE.openai.azure.com/openai`'
  if (pathname.endsWith('/v1')) return 'stands in for `/openai` with `api: azure`: leave out the `/v1`'
  const isBare = pathname === '/' && hostname.endsWith('.azure.com')
  return isBare ? 'stands in for `/openai` with `api: azure`: end it with `/openai`' : undefined
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
