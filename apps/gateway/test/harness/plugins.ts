import { cpSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const core = fileURLToPath(new URL('../../../../packages/core', import.meta.url))
const typebox = fileURLToPath(new URL('../../node_modules/@sinclair/typebox', import.meta.url))

/** A detector as a stranger would write it, without types: one type, found wherever the option `word` stands. */
export const wordDetector = `
import { Type } from '@sluice/core'
export default {
  kind: 'detector',
  spec: 'v1',
  meta: { name: 'words', version: '1.0.0', description: 'Finds a word' },
  options: Type.Object(
    { word: Type.String({ minLength: 1, default: 'needle' }), category: Type.String({ default: 'WORDS' }) },
    { additionalProperties: false },
  ),
  create: ({ word, category }) => ({
    mode: 'inspect',
    types: {
      IP_WORD: {
        message: 'A word was found.',
        severity: 'HIGH',
        riskDomain: 'DATA_PROTECTION',
        riskCategory: category,
        dataClassification: 'IP',
      },
    },
    inspect({ text }) {
      const findings = []
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        findings.push({ type: 'IP_WORD', confidence: 1, start: at, end: at + word.length, data: { rule: 'word' } })
      }
      return findings
    },
  }),
}
`

/** Lets modules in a folder import this repository's own core. */
export function linkCore(folder: string): void {
  mkdirSync(join(folder, 'node_modules', '@sluice'), { recursive: true })
  symlinkSync(core, join(folder, 'node_modules', '@sluice', 'core'), 'dir')
}

/** Gives modules in a folder a core and a TypeBox of their own, as an installation of their own would. */
export function installOtherCore(folder: string): void {
  const modules = join(folder, 'node_modules')
  for (const part of ['package.json', 'src']) {
    cpSync(join(core, part), join(modules, '@sluice', 'core', part), { recursive: true })
  }
  for (const name of ['picomatch', 'ipaddr.js']) {
    cpSync(realpathSync(join(core, 'node_modules', name)), join(modules, name), { recursive: true })
  }
  cpSync(realpathSync(typebox), join(modules, '@sinclair', 'typebox'), { recursive: true })
}
