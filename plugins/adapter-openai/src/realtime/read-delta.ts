import type { JsonObject, SegmentTrust, ServerMessage, StreamEvent } from '@sluice/core'
import { transcriptTokens } from '../audio/transcript-tokens.ts'
import { type Block, FrameEvents, OpenBlocks } from '../choices/frame-events.ts'
import { byteDecoder, spelledOut } from '../choices/token-bytes.ts'
import { readBase64 } from '../content/encoded-text.ts'
import { asString } from '../json/read.ts'
import type { CallNames } from './call-names.ts'
import { oddServerWords } from './words.ts'

type Delta = 'assistant' | 'transcript' | 'call' | 'hosted-call' | 'audio' | 'speech'

const DELTAS: ReadonlyMap<string, Delta> = new Map([
  ['response.output_text.delta', 'assistant'],
  ['response.text.delta', 'assistant'],
  ['response.output_audio_transcript.delta', 'transcript'],
  ['response.audio_transcript.delta', 'transcript'],
  ['response.function_call_arguments.delta', 'call'],
  ['response.mcp_call_arguments.delta', 'hosted-call'],
  ['response.output_audio.delta', 'audio'],
  ['response.audio.delta', 'audio'],
  ['conversation.item.input_audio_transcription.delta', 'speech'],
  ['conversation.item.input_audio_transcription.segment', 'speech'],
])

/** What the pieces of a transcription of the user's speech are gathered under. */
export function speechOf(root: JsonObject): string {
  return `speech ${asString(root['item_id']) ?? ''}`
}

export function responseOf(root: JsonObject): string {
  return `response ${asString(root['response_id']) ?? ''}`
}

/** An event that brings a piece of a text; undefined for every other. */
export function readDelta(root: JsonObject, calls: CallNames): ServerMessage | undefined {
  const delta = DELTAS.get(asString(root['type']) ?? '')
  if (delta === undefined) return undefined
  const isSpeech = delta === 'speech'
  const trust: SegmentTrust = isSpeech ? 'user' : 'model'
  // Blocks may be started again in every message: the first start counts.
  const events = new FrameEvents(new OpenBlocks())
  const at = `${asString(root['item_id']) ?? ''}/${Number(root['content_index'] ?? 0)}`
  for (const { value, place } of oddServerWords(root, '')) {
    events.append({ block: `${at}/word${place.pointer}`, choice: 0, kind: 'other' }, value, place.pointer)
  }
  const piece = asString(root['delta']) ?? ''
  if (delta === 'audio') readSound(events, piece, at)
  else if (delta === 'call') readCall(events, root, piece, calls)
  else events.append(blockOf(delta, at), piece, '/delta')
  if (isSpeech) readSpeech(events, root, at)
  return { type: 'piece', of: isSpeech ? speechOf(root) : responseOf(root), trust, decoded: events.decoded([]) }
}

function blockOf(delta: Exclude<Delta, 'audio' | 'call'>, at: string): Block {
  const kind = delta === 'assistant' ? 'assistant' : delta === 'hosted-call' ? 'other' : 'transcript'
  return { block: `${at}/${delta}`, choice: 0, kind }
}

function readSound(events: FrameEvents, piece: string, at: string): void {
  // Sound that can be read is none.
  if (piece !== '' && readBase64(piece, '').type !== 'opaque') {
    events.append({ block: `${at}/audio`, choice: 0, kind: 'other' }, piece, '/delta')
    return
  }
  const skip: StreamEvent = {
    type: 'content-skip',
    choice: 0,
    content: 'audio',
    reason: 'the sound of a recording is not read',
    pointer: '/delta',
  }
  events.push(skip)
}

function readCall(events: FrameEvents, root: JsonObject, piece: string, calls: CallNames): void {
  const item = asString(root['item_id']) ?? ''
  const known = calls.tellOnce(item)
  const block: Block = { block: `${item}/call`, choice: 0, kind: 'tool-arguments' }
  events.start(block)
  if (known) events.push({ type: 'tool-delta', block: block.block, ...known, pointer: '/call_id' })
  events.append(block, piece, '/delta')
}

/** Segments bring the text of a speaker, and tokens the text of the delta once more. */
function readSpeech(events: FrameEvents, root: JsonObject, at: string): void {
  const speech = blockOf('speech', at)
  events.append({ ...speech, block: `${at}/segments` }, asString(root['text']) ?? '', '/text')
  const { pieces, bytes } = transcriptTokens(root['logprobs'])
  const copies = { tokens: pieces, bytes: spelledOut(bytes, byteDecoder()) }
  for (const [name, copy] of Object.entries(copies)) {
    const block: Block = { block: `${at}/${name}`, choice: 0, kind: 'other', copyOf: speech.block }
    for (const { value, place } of copy) events.append(block, value, place.pointer)
  }
}
