import type { Body, Json, JsonPointer } from '@sluice/core'
import { asObject, asString } from '../json/read.ts'
import type { ViewBuilder } from '../view/view-builder.ts'

export interface ErrorMessage {
  readonly message: string
  readonly pointer: JsonPointer
}

/**
 * The provider's word for what went wrong: `{"error": {"message": …}}`, the plain string some servers write, or the error
 * as the whole object, as vLLM writes it (`{"object": "error", "message": …}`).
 */
export function errorOf(value: Json | undefined): ErrorMessage | undefined {
  const root = asObject(value)
  const error = root?.['error']
  const message = root?.['object'] === 'error' ? asString(root['message']) : undefined
  if (message !== undefined) return { message, pointer: '/message' }
  if (typeof error === 'string') return { message: error, pointer: '/error' }
  const object = asObject(error)
  if (!object) return undefined
  return { message: asString(object['message']) ?? '', pointer: '/error/message' }
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
