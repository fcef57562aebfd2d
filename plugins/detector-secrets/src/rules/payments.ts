import { format } from '../format.ts'
import type { SecretRule } from '../secret-rule.ts'

const low = { severity: 'LOW' } as const

/**
 * Formats as they are described by the API-key pages of each payment, banking, exchange, tax and shipping vendor.
 * Written from memory, and not looked up again.
 */
export const paymentRules: readonly SecretRule[] = [
  format('stripe-organization-key', 'Stripe organisation or ephemeral key', [
    'sk_org_{an:24-200}',
    'sk_org_live_{an:24-200}',
    'ek_live_{an:24-200}',
    'ek_test_{an:24-200}',
  ]),
  format(
    'braintree-token',
    'Braintree access token',
    ['access_token$production${lowan:16}${hex:32}', 'access_token$sandbox${lowan:16}${hex:32}'],
    { severity: 'CRITICAL' },
  ),
  format('paypal-token', 'PayPal access token', 'A21AA{url:60-120}'),
  format('shopify-partner-token', 'Shopify partner, storefront or CLI token', [
    'shpua_{hex:32}',
    'shptka_{hex:32}',
    'prtapi_{hex:32}',
    'shpit_{hex:32}',
    'atkn_2.{url:60-600}',
    'shprt_{hex:32}',
    'shpcli_{hex:32}',
  ]),
  format('adyen-key', 'Adyen API key', 'AQE{b64:60-200}'),
  format('razorpay-key', 'Razorpay key id', ['rzp_live_{an:14}', 'rzp_test_{an:14}'], { severity: 'MEDIUM' }),
  format('lob-key', 'Lob API key', ['live_{hex:35}', 'test_{hex:35}'], { confidence: 0.9 }),
  format('mollie-key', 'Mollie API key', ['live_{an:30-40}', 'test_{an:30-40}', 'access_{an:30-40}'], {
    confidence: 0.8,
  }),
  format('flutterwave-encryption-key', 'Flutterwave encryption key', 'FLWSECK_TEST{hex:12}'),
  format('paddle-key', 'Paddle API key', [
    'pdl_live_apikey_{lowan:26}_{an:22}_{an:3}',
    'pdl_sdbx_apikey_{lowan:26}_{an:22}_{an:3}',
    'pdl_ntfset_{lowan:26}_{b64:32}',
  ]),
  format('polar-token', 'Polar token', [
    'polar_oat_{an:43-60}',
    'polar_pat_{an:43-60}',
    'polar_at_o_{an:43-60}',
    'polar_cs_{an:30-60}',
    'polar_rt_{an:43-60}',
    'polar_whs_{an:32-60}',
  ]),
  format('xendit-key', 'Xendit key', ['xnd_production_{an:40-70}', 'xnd_development_{an:40-70}']),
  format('midtrans-key', 'Midtrans server key', ['Mid-server-{url:24}', 'SB-Mid-server-{url:24}']),
  format('mercadopago-token', 'Mercado Pago access token', [
    'APP_USR-{digit:14-16}-{digit:6}-{hex:32}-{digit:6-12}',
    'TEST-{digit:14-16}-{digit:6}-{hex:32}-{digit:6-12}',
  ]),
  format('asaas-key', 'Asaas key', ['$aact_prod_{b64:60-200}', '$aact_hmlg_{b64:60-200}', '$aact_{b64:60-200}']),
  format('cashfree-key', 'Cashfree secret', ['cfsk_ma_prod_{hex:32}_{hex:8}', 'cfsk_ma_test_{hex:32}_{hex:8}']),
  format('omise-key', 'Omise or Conekta secret key', [
    'key_live_{an:20-40}',
    'skey_live_{lowan:19}',
    'skey_test_{lowan:19}',
    'skey_{lowan:19}',
  ]),
  format('checkout-com-key', 'Checkout.com secret', ['sk_sbox_{lowan:26-30}', 'sk_{uuid}', 'sk_test_{uuid}']),
  format('coinbase-key', 'Coinbase CDP key name', 'organizations/{uuid}/apiKeys/{uuid}', { severity: 'MEDIUM' }),
  format(
    'extended-private-key',
    'BIP-32 extended private key',
    ['xprv{an:107}', 'yprv{an:107}', 'zprv{an:107}', 'tprv{an:107}'],
    { severity: 'CRITICAL', type: 'CREDENTIALS_PRIVATE_KEY' },
  ),
  format('nostr-private-key', 'Nostr private key', 'nsec1{lowan:58}', { type: 'CREDENTIALS_PRIVATE_KEY' }),
  format('sui-private-key', 'Sui private key', 'suiprivkey1{lowan:59}', { type: 'CREDENTIALS_PRIVATE_KEY' }),
  format('lob-publishable-key', 'Lob publishable key', ['live_pub_{hex:31}', 'test_pub_{hex:31}'], low),
  format('mercury-token', 'Mercury token', [
    'secret-token:mercury_production_{an:3-8}_{an:40-60}',
    'secret-token:mercury_sandbox_{an:3-8}_{an:40-60}',
  ]),
  format(
    'plaid-public-token',
    'Plaid item token',
    ['public-sandbox-{uuid}', 'public-production-{uuid}', 'link-sandbox-{uuid}', 'link-production-{uuid}'],
    { severity: 'MEDIUM' },
  ),
  format('revenuecat-key', 'RevenueCat secret key', ['sk_{an:28}', 'strp_{an:28}'], { confidence: 0.75 }),
]
