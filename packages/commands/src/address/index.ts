export { judgeAddresses } from './judge-addresses.ts'
export { addressLiterals } from './literals.ts'
