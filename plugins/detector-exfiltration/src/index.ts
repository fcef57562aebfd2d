import { type DetectorDefinition, type DetectorInstance, defineDetector } from '@sluice/core'
import { createPatternScan, joinScans, withViews } from '@sluice/detect'
import { hiddenRules } from './hidden/rules.ts'
import { type ExfiltrationOptions, exfiltrationOptions } from './options.ts'
import { terminalRules } from './terminal.ts'
import { type ExfiltrationType, exfiltrationTypes } from './types.ts'
import { longestUrl } from './url/cut.ts'
import { hostTest } from './url/hosts.ts'
import { placeContext } from './url/place.ts'
import { urlRules } from './url/rules.ts'

export type { ExfiltrationOptions } from './options.ts'
export type { ExfiltrationType } from './types.ts'

/** Finds URLs that carry data, text that no reader sees, and escapes that act on a terminal. */
const exfiltration: DetectorDefinition<ExfiltrationOptions, ExfiltrationType> = defineDetector<
  ExfiltrationOptions,
  ExfiltrationType
>({
  kind: 'detector',
  spec: 'v1',
  meta: {
    name: '@sluice/detector-exfiltration',
    version: '0.1.0',
    description: 'Finds data on its way out: URLs that carry it, hidden text and terminal escapes',
  },
  options: exfiltrationOptions,
  create: createExfiltrationDetector,
})

export default exfiltration

function createExfiltrationDetector(options: ExfiltrationOptions): DetectorInstance<ExfiltrationType> {
  const isAllowed = hostTest(options.allowHosts ?? [], options.trustRenderers ?? true)
  const isWanted = ({ type }: { readonly type: ExfiltrationType }): boolean => options.types?.includes(type) ?? true
  const urls = withViews(
    createPatternScan(urlRules(isAllowed).filter(isWanted), exfiltrationTypes),
    longestUrl + placeContext,
  )
  // What these look for is what a view undoes, and a view of code would show escapes that nobody prints.
  const plain = createPatternScan([...hiddenRules, ...terminalRules].filter(isWanted), exfiltrationTypes)
  return joinScans([urls, plain], exfiltrationTypes)
}
