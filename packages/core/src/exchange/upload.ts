import { countLines } from '../file/lines.ts'
import { withFilesAs } from '../multipart/form-files.ts'
import type { Multipart, ReadPart } from '../multipart/read.ts'
import { type MultipartArrival, multipartArrival } from '../multipart/read-source.ts'
import type { FormBody } from '../protocol/body.ts'
import type { Spool } from '../protocol/host.ts'
import type { BodyView } from '../protocol/view.ts'
import { contentTypeProblem } from './content-type.ts'
import type { Exchange } from './exchange.ts'
import { tooLarge } from './read-body.ts'
import { Refused } from './refusals.ts'
import type { Runtime } from './runtime.ts'

/** A form with a file, kept on disk until every part of it is judged. */
export interface ReadUpload {
  readonly body: FormBody
  readonly spool: Spool
  readonly form: Multipart
  /** The part that is the file. */
  readonly file: { readonly index: number; readonly part: ReadPart }
  readonly decoded: false
  readonly received: number
}

const maxParts = 128
/** The fields of an upload are words and numbers. */
const maxFieldBytes = 65_536

/** Puts a form on disk as it arrives, and reads it as strictly as one that fits into memory. */
export async function readUpload(exchange: Exchange): Promise<ReadUpload | Refused> {
  const { request, route, runtime } = exchange
  const contentType = request.headers.get('content-type') ?? ''
  const wrongType = contentTypeProblem('form', contentType)
  if (wrongType !== undefined) return wrongType
  const encoding = request.headers.get('content-encoding') ?? 'identity'
  if (encoding.trim().toLowerCase() !== 'identity') {
    return new Refused('SLUICE_ENCODING_UNSUPPORTED', 'An upload must come without Content-Encoding.')
  }
  const arrival = multipartArrival(contentType, { maxParts, maxFieldBytes })
  if ('ok' in arrival) return malformed(arrival.message)
  const length = request.headers.get('content-length')
  const { maxUploadBytes } = runtime.limits
  if (length !== null && /^[0-9]+$/.test(length) && Number(length) > maxUploadBytes) return tooLarge(maxUploadBytes)

  const spool = await exchange.spool()
  if (spool instanceof Refused) return spool
  const problem = await receive(request, spool, arrival, runtime)
  if (problem !== undefined) return problem
  const laidOut = await arrival.read(spool)
  const form = laidOut.ok ? withFilesAs(route.form, laidOut) : laidOut
  if (!form.ok) return malformed(form.message)
  const files = [...form.parts.entries()].filter(([, { filename }]) => filename !== undefined)
  const [first, second] = files
  if (first === undefined || second !== undefined) return malformed('multipart: there must be exactly one file')
  const [index, part] = first
  const { fileFields } = route.operation
  if (fileFields !== undefined && !fileFields.includes(part.name)) {
    return malformed('multipart: the file has another name than that of a file of this form')
  }
  const body: FormBody = { type: 'form', parts: form.parts }
  return { body, spool, form, file: { index, part }, decoded: false, received: spool.size }
}

/** How many requests an upload is: as many as its file has lines, where they are requests. */
export async function weighed({ spool, file }: ReadUpload, view: BodyView): Promise<BodyView> {
  if (view.file !== 'requests') return view
  return { ...view, weight: Math.max(1, await countLines(spool, file.part.start, file.part.end)) }
}

/** At least at the pace of a body that is as large and as slow as may be. Undefined: all of it is there. */
async function receive(
  request: Request,
  spool: Spool,
  arrival: MultipartArrival,
  { limits, host }: Runtime,
): Promise<Refused | undefined> {
  const { body } = request
  if (body === null) return malformed('multipart: the body is empty')
  const reader = body.getReader()
  let received = 0
  let late = false
  const began = host.clock()
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = (): void => {
    const left = limits.maxBodyMs * (1 + received / limits.maxBodyBytes) - (host.clock() - began)
    late = left <= 0
    if (late) reader.cancel().catch(() => undefined)
    else timer = setTimeout(look, Math.min(Math.ceil(left), limits.maxBodyMs))
  }
  look()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (late) return new Refused('SLUICE_BODY_TIMEOUT')
      if (done) return undefined
      received += value.length
      if (received > limits.maxUploadBytes) return tooLarge(limits.maxUploadBytes)
      arrival.push(value)
      try {
        await spool.append(value)
      } catch {
        return new Refused('SLUICE_SPOOL_FAILED')
      }
    }
  } catch {
    if (late) return new Refused('SLUICE_BODY_TIMEOUT')
    // Its client left, or its framing is broken.
    return new Refused('SLUICE_BODY_MALFORMED', 'The body ended before it was whole.')
  } finally {
    clearTimeout(timer)
    // What is left of a body that is refused is not waited for.
    reader.cancel().catch(() => undefined)
  }
}

function malformed(message: string): Refused {
  return new Refused('SLUICE_BODY_MALFORMED', `The form is malformed: ${message}.`)
}
