export { judgeSql } from './judge-sql.ts'
export { sqlLiterals } from './literals.ts'
