import type { DecodedFrame, StreamDecoder, StreamEvent, WireFrame } from '@sluice/core'
import { decodeError } from '../choices/decode-error.ts'
import { FrameEvents, OpenBlocks } from '../choices/frame-events.ts'
import { byteDecoder, spelledOut } from '../choices/token-bytes.ts'
import { readUsage } from '../choices/usage.ts'
import { asObject, asString } from '../json/read.ts'
import { transcriptTokens } from './transcript-tokens.ts'
import { oddTranscriptWords } from './transcript-words.ts'

const TEXT = { block: '0/transcript', choice: 0, kind: 'transcript' } as const
/** The whole text once more, at the end. */
const DONE = { block: '0/transcript/done', choice: 0, kind: 'transcript', copyOf: TEXT.block } as const
const SEGMENT = { block: '0/segment', choice: 0, kind: 'transcript' } as const
const TOKENS = { block: '0/logprobs', choice: 0, kind: 'other', copyOf: TEXT.block } as const
const DONE_TOKENS = { block: '0/logprobs/done', choice: 0, kind: 'other', copyOf: TEXT.block } as const
const BYTES = { block: '0/logprobs/bytes', choice: 0, kind: 'other', copyOf: TEXT.block } as const
const DONE_BYTES = { block: '0/logprobs/done/bytes', choice: 0, kind: 'other', copyOf: TEXT.block } as const

const SPEAKER = { block: '0/speaker', choice: 0, kind: 'other' } as const
const WORD = { block: '0/word', choice: 0, kind: 'other' } as const

/** Streamed transcriptions. Frames are told by what they hold; their `type` says only when the text is complete. */
export class TranscriptDecoder implements StreamDecoder {
  readonly #blocks = new OpenBlocks()
  readonly #speller = byteDecoder()
  #isStarted = false
  #hasText = false

  decode(frame: WireFrame): DecodedFrame {
    if (frame.data.trim() === '[DONE]') return { events: [{ type: 'stream-end' }] }
    const root = asObject(frame.value)
    if (!root) return { events: [] }
    const events = new FrameEvents(this.#blocks)
    if (!this.#isStarted) {
      this.#isStarted = true
      events.push({ type: 'response-start' })
    }
    const type = asString(root['type'])
    const isDone = type === 'transcript.text.done'
    for (const { value, place } of oddTranscriptWords(root)) events.appendWhole(WORD, value, place.pointer)
    const delta = asString(root['delta']) ?? ''
    const text = asString(root['text']) ?? ''
    events.append(TEXT, delta, '/delta')
    this.#hasText ||= delta !== ''
    if (type === 'transcript.text.segment') {
      events.appendWhole(SEGMENT, text, '/text')
      events.appendWhole(SPEAKER, asString(root['speaker']) ?? '', '/speaker')
    } else {
      events.append(this.#hasText ? DONE : TEXT, text, '/text')
    }
    const { pieces, bytes } = transcriptTokens(root['logprobs'])
    if (pieces.length > 0 || bytes.length > 0) events.isSingular = true
    for (const { value, place } of pieces) events.append(isDone ? DONE_TOKENS : TOKENS, value, place.pointer)
    const speller = isDone ? byteDecoder() : this.#speller
    for (const { value, place } of spelledOut(bytes, speller)) {
      events.append(isDone ? DONE_BYTES : BYTES, value, place.pointer)
    }
    const usage = readUsage(root['usage'])
    if (usage) events.push({ type: 'usage', usage })
    decodeError(events, root, frame)
    if (isDone) {
      events.end(0)
      events.push({ type: 'stream-end' })
    }
    return events.decoded([])
  }

  end(): readonly StreamEvent[] {
    return this.#blocks.end()
  }
}
