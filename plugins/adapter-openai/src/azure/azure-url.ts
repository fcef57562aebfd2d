import { SluiceError } from '@sluice/core'

/** Refuses what would lead every call to a path that Azure does not have, or to somebody else. Throws SLUICE_PLUGIN_OPTIONS_INVALID. */
export function checkAzureUrl(base: URL, plugin: string): void {
  const problem = azureProblem(base)
  if (problem === undefined) return
  throw new SluiceError('SLUICE_PLUGIN_OPTIONS_INVALID', `baseUrl ${problem}.`, { plugin, hook: 'create' })
}

function azureProblem({ hostname, pathname }: URL): string | undefined {
  if (hostname === 'api.openai.com') return 'must be that of your resource: `https://RESOURCE.openai.azure.com/openai`'
  if (pathname.endsWith('/v1')) return 'stands in for `/openai` with `api: azure`: leave out the `/v1`'
  const isBare = pathname === '/' && hostname.endsWith('.azure.com')
  return isBare ? 'stands in for `/openai` with `api: azure`: end it with `/openai`' : undefined
}
