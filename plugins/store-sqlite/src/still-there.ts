import { statSync } from 'node:fs'
import process from 'node:process'
import { storeFailure } from './failure.ts'

/**
 * Whether the file is still the one that was opened. SQLite writes on, without a word, into a file that was deleted or
 * replaced, and all of it is lost when the process ends.
 */
export function stillThere(file: string | null, plugin: string): () => void {
  // In memory there is none, and Windows keeps the file of an open database from being deleted.
  if (file === null || process.platform === 'win32') return () => undefined
  const opened = inodeOf(file)
  return () => {
    if (inodeOf(file) === opened) return
    throw storeFailure(
      plugin,
      'write',
      `the database ${file} was deleted or replaced: put it back, or start the gateway anew`,
    )
  }
}

function inodeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.ino
}
