import { asObject, asString, type Body, type Json, type JsonPointer, type ViewBuilder } from '@sluice/core'

export interface ErrorMessage {
  readonly message: string
  readonly pointer: JsonPointer
}

/** The provider's word for what went wrong: `{"type": "error", "error": {"type": …, "message": …}}`. */
export function errorOf(value: Json | undefined): ErrorMessage | undefined {
  const error = asObject(value)?.['error']
  if (typeof error === 'string') return { message: error, pointer: '/error' }
  const object = asObject(error)
  return object && { message: asString(object['message']) ?? '', pointer: '/error/message' }
}

/** An error body counts whatever the status says. A plain text is no answer of this API, so it is named here too. */
export function readError(view: ViewBuilder, body: Body, status: number): void {
  if (body.type === 'text') {
    view.text(status >= 400 ? 'error' : 'other', 'external', { pointer: '' }, body.text)
    return
  }
  const error = body.type === 'json' ? errorOf(body.value) : undefined
  if (!error) return
  view.upstreamError = error.message
  view.text('error', 'external', { pointer: error.pointer }, error.message)
}
