export { type EncodedContent, readBase64, readDataUrl } from '@sluice/core'
