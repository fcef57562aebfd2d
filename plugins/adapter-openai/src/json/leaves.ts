export { type Leaf, leavesOf as stringLeaves } from '@sluice/core'
