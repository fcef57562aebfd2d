export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

/** RFC 6901 pointer into a JSON text. `''` is the whole of it. */
export type JsonPointer = '' | `/${string}`

export type MaybePromise<T> = T | Promise<T>
