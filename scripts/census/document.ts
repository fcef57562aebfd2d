import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Schema, Schemas } from './schema.ts'

interface Content {
  readonly schema?: Schema
}

export interface Described {
  readonly requestBody?: { readonly content?: Readonly<Record<string, Content>> }
  readonly responses?: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>>
}

/** What the census reads of an OpenAPI document. */
export interface Document {
  readonly info: { readonly title: string; readonly version: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
  readonly components: { readonly schemas: Schemas }
}

/** An OpenAPI document in JSON, gzipped or not. */
export function readDocument(path: string): Document {
  const bytes = readFileSync(path)
  return JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString())
}
