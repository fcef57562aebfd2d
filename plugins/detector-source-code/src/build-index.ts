import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gramsOf } from './grams.ts'
import { checkWinnowing, IndexBuilder } from './index-file.ts'
import type { Winnowing } from './winnow.ts'

export interface IndexSetup extends Partial<Winnowing> {
  /** Folders to register; dot folders, `node_modules` and the like in them are left out. */
  readonly folders: readonly string[]
  /** Folders of code that is not yours: what also stands there is no sign of yours. */
  readonly except?: readonly string[]
  /** At least 16 characters. The same as in the detector's options. */
  readonly key: string
  /** Names of variables and functions make no difference. More is found, also by chance. */
  readonly normalise?: 'identifiers'
}

export interface BuiltIndex {
  readonly bytes: Uint8Array
  readonly files: number
  readonly fingerprints: number
}

const largestFile = 1_000_000
const skipped: ReadonlySet<string> = new Set(['node_modules', 'dist', 'build', 'target', 'vendor', '__pycache__'])

/** The index of all text files in the folders. Throws `RangeError` on settings out of bounds or too many fingerprints. */
export function buildIndex({ folders, except = [], key, normalise, k = 16, w = 8 }: IndexSetup): BuiltIndex {
  checkWinnowing({ k, w })
  if (key.length < 16) throw new RangeError('the key has at least 16 characters')
  const renames = normalise === 'identifiers'
  const builder = new IndexBuilder(key)
  let files = 0
  for (const text of folders.flatMap((folder) => [...textsIn(folder)])) {
    for (const gram of gramsOf(text, { k, w }, renames)) builder.add(gram.text, files)
    files += 1
  }
  for (const text of except.flatMap((folder) => [...textsIn(folder)])) {
    for (const gram of gramsOf(text, { k, w }, renames)) builder.remove(gram.text)
  }
  return { bytes: builder.encode({ k, w, renames, files }), files, fingerprints: builder.size }
}

/** Files without a NUL in their first part, that are neither too large nor a lock file. */
function* textsIn(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.name.startsWith('.') || skipped.has(entry.name)) continue
    if (entry.isDirectory()) yield* textsIn(path)
    else if (
      entry.isFile() &&
      !/\.lock$|-lock\.\w+$|\.min\.\w+$/.test(entry.name) &&
      statSync(path).size <= largestFile
    ) {
      const text = readFileSync(path, 'utf8')
      if (!text.slice(0, 8192).includes('\0')) yield text
    }
  }
}
