import type { Operation } from '@sluice/core'
import { readAnswerLine } from '../files/read-answer-line.ts'
import { ownRecordOperation } from './shapes.ts'

/** What is in a file: the answers of a batch, or what a caller once sent. */
export const filesContent: Operation = {
  ...ownRecordOperation('file', 'files.content', 'GET', '/v1/files/{id}/content'),
  file: { of: 'response', fields: {}, ignores: [], readLine: readAnswerLine },
}
