export { type EncodedContent, readBase64, readDataUrl, readLooseDataUrl } from '@sluice/core'
