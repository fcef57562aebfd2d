import type { Operation } from '@sluice/core'
import { AUDIO_FIELDS, readAudioRequest } from '../audio/read-request.ts'
import { readTranscript } from '../audio/read-response.ts'
import { TranscriptDecoder } from '../audio/transcript-decoder.ts'
import { TRANSCRIPT_IGNORES } from '../audio/transcript-words.ts'
import { NAMES } from './names.ts'
import { hasNoShape, streamsWith } from './shapes.ts'

export const audioTranscriptions: Operation = fromSound('audio.transcriptions.create', '/v1/audio/transcriptions')
export const audioTranslations: Operation = fromSound('audio.translations.create', '/v1/audio/translations')

/** A recording goes up as a form, its words come back. */
function fromSound(name: string, path: `/${string}`): Operation {
  return {
    name,
    methods: ['POST'],
    path,
    inspection: 'inspected',
    transport: 'http',
    request: 'form',
    model: 'required',
    generates: true,
    fields: AUDIO_FIELDS,
    fileFields: ['file'],
    names: NAMES,
    ignores: [],
    responseIgnores: TRANSCRIPT_IGNORES,
    readRequest: readAudioRequest,
    readResponse: readTranscript,
    decoder: streamsWith(() => new TranscriptDecoder()),
    refuse: hasNoShape,
  }
}
