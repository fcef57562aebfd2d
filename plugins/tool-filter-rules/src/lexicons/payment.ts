import { type Lexicon, set } from '../lexicon.ts'

/** Moves money, or commits to: pays, transfers, charges, refunds, buys. */
export const payment: Lexicon = {
  alone: set('pay refund payout purchase buy remit disburse'),
  names: new Set(['checkout', 'charge', 'transfer']),
  pairs: [
    {
      verbs: set('pay transfer send wire withdraw deposit move disburse remit donate'),
      objects: set('money fund funds payment cash dollar usd eur euro crypto bitcoin btc eth usdc'),
    },
    { verbs: set('pay settle'), objects: set('invoice bill balance fee rent vendor supplier order debt card') },
    {
      verbs: set(
        'create make process issue initiate execute authorize authorise capture submit schedule confirm trigger',
      ),
      objects: set('payment refund charge payout transfer purchase withdrawal deposit'),
    },
    { verbs: set('charge refund'), objects: set('customer card order payment account user transaction buyer amount') },
    { verbs: set('place submit'), objects: set('order trade bet bid') },
    {
      verbs: set('buy purchase sell order'),
      objects: set('stock share crypto ticket item product subscription license domain good credit food'),
    },
    { verbs: set('complete start create'), objects: set('checkout') },
  ],
  properties: set('iban payee beneficiary payment_method card_number payment_method_id'),
  together: [
    set('amount amount_cents total price'),
    set('currency recipient to_account from_account account_number destination destination_account customer payee'),
  ],
}
