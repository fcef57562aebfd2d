import type { Operation } from '@sluice/core'
import { ownRecordOperation, recordOperation } from './shapes.ts'

export const filesList: Operation = recordOperation('files.list', 'GET', '/v1/files')
export const filesRetrieve: Operation = ownRecordOperation('file', 'files.retrieve', 'GET', '/v1/files/{id}')
export const filesDelete: Operation = ownRecordOperation('file', 'files.delete', 'DELETE', '/v1/files/{id}')
