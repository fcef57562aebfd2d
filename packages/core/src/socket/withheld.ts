import { Refused, refusals } from '../exchange/refusals.ts'

/** What becomes of one message. */
export type Verdict =
  | { readonly type: 'given'; readonly text: string }
  /** Why it is not given, as the client is told. `instead`: what is given in its place all the same. */
  | { readonly type: 'withheld'; readonly refused: Refused; readonly instead?: string }

export const blocked: Refused = new Refused('SLUICE_BLOCKED', refusals.SLUICE_BLOCKED.text)
