/** What a tool lets a model do, as far as its definition says so. */
export type Capability =
  | 'SHELL_EXECUTION'
  | 'DATABASE_WRITE'
  | 'FILE_WRITE'
  | 'NETWORK_ACCESS'
  | 'PAYMENT'
  | 'MESSAGING'

export const capabilities: readonly Capability[] = [
  'SHELL_EXECUTION',
  'DATABASE_WRITE',
  'FILE_WRITE',
  'NETWORK_ACCESS',
  'PAYMENT',
  'MESSAGING',
]
