export { type TextDetails, ViewBuilder } from '@sluice/core'
