import type { Operation } from '@sluice/core'
import { readMadeFile } from '../files/read-made-file.ts'
import { REQUEST_LINE_FIELDS, REQUEST_LINE_IGNORES, readRequestLine } from '../files/read-request-line.ts'
import { readUpload, UPLOAD_FIELDS } from '../files/read-upload.ts'
import { NAMES } from './names.ts'
import { hasNoShape, neverStreams } from './shapes.ts'

export const filesCreate: Operation = {
  name: 'files.create',
  methods: ['POST'],
  path: '/v1/files',
  inspection: 'inspected',
  transport: 'http',
  request: 'form',
  model: 'none',
  generates: false,
  fields: UPLOAD_FIELDS,
  fileFields: ['file'],
  names: NAMES,
  ignores: [],
  responseIgnores: [],
  readRequest: readUpload,
  readResponse: readMadeFile,
  file: { of: 'request', fields: REQUEST_LINE_FIELDS, ignores: REQUEST_LINE_IGNORES, readLine: readRequestLine },
  decoder: neverStreams,
  refuse: hasNoShape,
}
