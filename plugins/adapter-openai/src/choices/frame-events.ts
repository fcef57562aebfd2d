export { FrameEvents, OpenBlocks, type StreamBlock as Block } from '@sluice/core'
