export { judgePaths } from './judge-paths.ts'
export { pathLiterals } from './literals.ts'
