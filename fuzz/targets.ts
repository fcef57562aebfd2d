import type { FuzzTarget } from './target.ts'
import { exchange } from './targets/exchange.ts'
import { json, pointers } from './targets/json.ts'
import { multipart } from './targets/multipart.ts'
import { sse } from './targets/sse.ts'
import { streams } from './targets/streams.ts'

export const targets: readonly FuzzTarget[] = [json, pointers, sse, multipart, streams, exchange]
