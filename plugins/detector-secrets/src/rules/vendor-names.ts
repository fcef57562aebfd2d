import { type Gate, nothing, shannonEntropy } from '@sluice/detect'
import { isPlaceholder } from '../placeholder.ts'
import type { SecretRule } from '../secret-rule.ts'
import { vendorGate } from '../vendor-gate.ts'

const hex = (length: string): string => `[a-f0-9]{${length}}`
const mixed = (length: string): string => `[A-Za-z0-9]{${length}}`
const url = (length: string): string => `[A-Za-z0-9_-]{${length}}`
const uuid = '[a-f0-9]{8}-(?:[a-f0-9]{4}-){3}[a-f0-9]{12}'

/**
 * Vendors whose keys have no form of their own: the word in the name, and the form of the value as it is remembered from the vendor's
 * documentation: lengths are approximate. */
const vendors: Readonly<Record<string, string>> = {
  adobe: hex('32'),
  aiven: mixed('200,372'),
  airtable: mixed('17'),
  algolia: hex('32'),
  alchemy: url('32'),
  amplitude: hex('32'),
  appsflyer: mixed('18,24'),
  asana: `${hex('32')}|[0-9]{16}`,
  assemblyai: hex('32'),
  beamer: mixed('45'),
  binance: mixed('64'),
  bitbucket: `${mixed('32')}|${url('64')}`,
  bitfinex: mixed('43'),
  bitly: hex('40'),
  bittrex: hex('32'),
  bitrise: url('40,90'),
  brandfetch: mixed('43,44'),
  bugsnag: hex('32'),
  bybit: mixed('18,36'),
  cerebras: mixed('40,60'),
  chargebee: mixed('30,50'),
  circleci: hex('40'),
  clearbit: `sk_${hex('32')}`,
  cloudinary: url('27'),
  codecov: `${hex('32')}|${uuid}`,
  cohere: mixed('40'),
  coinbase: url('64'),
  coinmarketcap: uuid,
  confluent: `${mixed('16')}|[A-Za-z0-9+/]{64}`,
  contentful: url('43'),
  deepgram: hex('40'),
  deepl: `${uuid}(?::fx)?`,
  deepseek: mixed('32,64'),
  discord: `${hex('64')}|[0-9]{18}|${url('32')}`,
  droneci: mixed('32'),
  drone: mixed('32'),
  dropbox: url('64,140'),
  etherscan: mixed('34'),
  etsy: mixed('24'),
  facebook: hex('32'),
  fastly: url('32'),
  finicity: `${hex('32')}|${mixed('20')}`,
  finnhub: mixed('20,40'),
  flickr: hex('32'),
  freshbooks: hex('64'),
  freshdesk: mixed('20'),
  fireworks: mixed('22,48'),
  gitter: hex('40'),
  giphy: mixed('32'),
  hetzner: mixed('64'),
  heroku: uuid,
  hunter: hex('40'),
  infura: hex('32'),
  intercom: `${mixed('60')}|[A-Za-z0-9=_-]{60}`,
  ipinfo: hex('14'),
  ipstack: hex('32'),
  jira: mixed('24'),
  confluence: mixed('24'),
  atlassian: mixed('24'),
  klaviyo: mixed('30,40'),
  kraken: '[A-Za-z0-9/=_+-]{80,90}',
  kucoin: `${hex('24')}|${uuid}`,
  launchdarkly: url('40'),
  linear: hex('32'),
  linode: hex('64'),
  lob: mixed('35,40'),
  logdna: hex('32'),
  looker: mixed('20,24'),
  mailchimp: hex('32'),
  mailgun: `${hex('32')}(?:-${hex('8')}){0,2}`,
  mapbox: url('60,90'),
  mattermost: mixed('26'),
  messagebird: `${mixed('25')}|${uuid}`,
  mistral: mixed('32'),
  mixpanel: hex('32'),
  mongodb: `${uuid}|${mixed('20,40')}`,
  monday: mixed('32,60'),
  netlify: url('40,46'),
  newrelic: `${hex('40')}(?:NRAL)?`,
  new_relic: `${hex('40')}(?:NRAL)?`,
  nexmo: mixed('16'),
  vonage: mixed('16'),
  nytimes: url('32'),
  okta: '[A-Za-z0-9=_-]{40,64}',
  onesignal: `${mixed('48')}|${uuid}`,
  openweather: hex('32'),
  oracle: '[A-Za-z0-9/+]{40,64}',
  ovh: mixed('16,32'),
  pagerduty: url('20'),
  pexels: mixed('56'),
  pingdom: url('80,90'),
  pinecone: uuid,
  plaid: mixed('24,30'),
  postmark: uuid,
  privateai: hex('32'),
  pusher: hex('20'),
  quay: mixed('40,60'),
  rapidapi: mixed('50'),
  razorpay: mixed('24'),
  recurly: hex('32'),
  rollbar: hex('32'),
  scaleway: uuid,
  segment: mixed('32'),
  sendbird: hex('40'),
  sentry: hex('64'),
  shodan: mixed('32'),
  snyk: uuid,
  snowflake: mixed('20,64'),
  splunk: uuid,
  spotify: hex('32'),
  squarespace: uuid,
  strava: hex('40'),
  supabase: mixed('40,60'),
  telnyx: mixed('40,60'),
  tencent: mixed('32'),
  tmdb: hex('32'),
  together: hex('64'),
  travis: mixed('22'),
  trello: `${mixed('32')}|${hex('64')}`,
  twilio: hex('32'),
  twitch: mixed('30'),
  twitter: mixed('25,50'),
  unsplash: url('43'),
  upstash: mixed('40,60'),
  vercel: mixed('24'),
  voyage: mixed('40,60'),
  vultr: mixed('36'),
  wakatime: uuid,
  wandb: hex('40'),
  weaviate: mixed('36,48'),
  webex: mixed('60,64'),
  wistia: hex('64'),
  yandex: url('36,64'),
  yelp: url('128'),
  zendesk: mixed('40'),
  sonar: `${mixed('40')}|sq[apu]_${mixed('40')}`,
  zoom: mixed('22,40'),
  zapier: mixed('32,48'),
}

const gate: Gate = vendorGate(Object.keys(vendors).toSorted((a, b) => b.length - a.length))

/** One rule for them all but for the anchor's key: `data.rule` says the vendor. */
export const vendorNameRules: readonly SecretRule[] = Object.entries(vendors).map(([vendor, form]) => {
  const sample = exampleOf(form)
  const name = vendor.replace('_', '-')
  return {
    name: `${name}-keyed-value`,
    title: `Key in the form of ${name}'s, beside that name`,
    type: 'CREDENTIALS_API_KEY',
    confidence: 0.8,
    severity: 'MEDIUM',
    rank: 'generic',
    evidence: 'keyword',
    anchor: { type: 'gate', gate, key: vendor },
    boundary: nothing,
    pattern: new RegExp(`(?:[=:]{1,4}>?|>|",)[\\s"'\`\\\\]{0,12}(?<value>${form})(?![A-Za-z0-9_/+-])`, 'i'),
    length: 420,
    stop: /(?<=[A-Za-z0-9_/+:=-])[^A-Za-z0-9_/+:=\s"'`\\>-]|(?<=[A-Za-z0-9])[\s"'`\\]/,
    accept: ({ value }) => isKey(value),
    examples: {
      found: [`${vendor}_setting = "[[${sample}]]" `, `${vendor}Client: '[[${sample}]]' `],
      clean: [`${vendor}_setting = "{an:5}" `, `the ${vendor} documentation says: see elsewhere `],
    },
  }
})

/** Beside the vendor's name its form is enough: a value that somebody typed is still in the place of a key. */
function isKey(value: string): boolean {
  if (isPlaceholder(value) || !/\d/.test(value)) return false
  return shannonEntropy(value) >= (value.length < 20 ? 2.4 : 3)
}

/** A value of the first form that a vendor's keys have, as a template. */
function exampleOf(form: string): string {
  const [first = ''] = form.split('|')
  if (first.startsWith(uuid)) return '{uuid}'
  return first
    .replace(/\(\?:.*?\)(?:\?|\{[\d,]+\})|\[a-z\]\{0,4\}_\?/g, '')
    .replace(/\[a-f0-9\]\{(\d+)[\d,]*\}/g, '{hex:$1}')
    .replace(/\[[^\]]*\]\{(\d+)[\d,]*\}/g, '{an:$1}')
}
