import type { Operation } from '@sluice/core'
import { AUDIO_FIELDS, readAudioRequest } from '../audio/read-request.ts'
import { readTranscript } from '../audio/read-response.ts'
import { TranscriptDecoder } from '../audio/transcript-decoder.ts'
import { TRANSCRIPT_IGNORES } from '../audio/transcript-words.ts'
import { NAMES } from './names.ts'
import { hasNoShape, streamsWith } from './shapes.ts'

export const audioTranscriptions: Operation = {
  name: 'audio.transcriptions.create',
  methods: ['POST'],
  path: '/v1/audio/transcriptions',
  inspection: 'inspected',
  transport: 'http',
  request: 'form',
  model: 'required',
  generates: true,
  fields: AUDIO_FIELDS,
  names: NAMES,
  ignores: [],
  responseIgnores: TRANSCRIPT_IGNORES,
  readRequest: readAudioRequest,
  readResponse: readTranscript,
  decoder: streamsWith(() => new TranscriptDecoder()),
  refuse: hasNoShape,
}
