import { decodeUtf8 } from '../file/strict-utf8.ts'
import { foldName } from '../json/fold.ts'
import type { Multipart, MultipartReading, ReadPart } from './layout.ts'

/** What an operation says of its form: the names of its fields, and which of them are files. */
export interface FormNames {
  readonly known: ReadonlySet<string>
  readonly files: ReadonlySet<string>
}

/** `fields`: pointers of the members that are known. */
export function formNames(fields: readonly string[], files: readonly string[]): FormNames {
  const names = fields.map((pointer) => pointer.slice(1))
  return { known: new Set([...names, ...files].map(folded)), files: new Set(files) }
}

/**
 * A part is a file or a field by its `filename`, which some readers do not look at, and others only where it is not
 * `filename*`. What is known must come as what it is; a file that nobody knows is read as text where it is UTF-8.
 */
export function withFilesAs({ known, files }: FormNames, form: Multipart, bytes?: Uint8Array): MultipartReading {
  const parts: ReadPart[] = []
  for (const [index, part] of form.parts.entries()) {
    const isFile = part.filename !== undefined
    const wrong = files.has(part.name) ? !isFile : isFile && known.has(folded(part.name))
    if (wrong) {
      const must = isFile ? 'is a file where a field must be' : 'is a field where a file must be'
      return { ok: false, message: `multipart: part ${index + 1} ${must}` }
    }
    const isUnknown = isFile && bytes !== undefined && !files.has(part.name)
    const text = isUnknown ? decodeUtf8(bytes.subarray(part.start, part.end)) : part.text
    parts.push(text === undefined ? part : { ...part, text })
  }
  return { ...form, parts }
}

/** As a lenient reader takes a name; `name[]` is a list of `name`. */
function folded(name: string): string {
  return foldName(name).replace(/\[\]$/, '')
}
