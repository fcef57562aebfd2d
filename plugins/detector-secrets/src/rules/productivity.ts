import { format } from '../format.ts'
import type { SecretRule } from '../secret-rule.ts'

/**
 * Formats as they are described by the developer pages of each messaging, mail, office, sales, design and content vendor.
 * Written from memory, and not looked up again.
 */
export const productivityRules: readonly SecretRule[] = [
  format('slack-workflow-token', 'Slack workflow token', 'xwfp-{digit:8-14}-{digit:8-14}-{an:24-40}', {
    severity: 'CRITICAL',
  }),
  format('twilio-account-sid', 'Twilio account SID', 'AC{hex:32}', { severity: 'LOW', confidence: 0.8 }),
  format('resend-key', 'Resend API key', 're_{an:8}_{an:24}'),
  format('brevo-smtp-key', 'Brevo SMTP key', 'xsmtpsib-{hex:64}-{an:16}'),
  format('mailersend-token', 'MailerSend token', 'mlsn.{hex:64}'),
  format('klaviyo-key', 'Klaviyo private key', ['pk_{hex:34}', 'pk_{an:6}_{hex:34}']),
  format('onesignal-key', 'OneSignal key', ['os_v2_app_{lowan:90-110}', 'os_v2_org_{lowan:90-110}']),
  format('courier-key', 'Courier key', ['pk_prod_{upan:28}', 'pk_test_{upan:28}']),
  format('n8n-key', 'n8n key', 'n8n_api_{an:40-80}'),
  format('airtable-token', 'Airtable personal access token', 'pat{an:14}.{hex:64}'),
  format('airtable-oauth-token', 'Airtable OAuth token', 'oaa{an:14}.v1.{hex:32}'),
  format('asana-token', 'Asana personal access token', [
    '2/{digit:14-17}/{digit:14-17}:{hex:32}',
    '1/{digit:14-17}:{hex:32}',
    '0/{digit:14-17}:{hex:32}',
  ]),
  format('clickup-token', 'ClickUp token', 'pk_{digit:6-9}_{upan:32}'),
  format('linear-oauth-token', 'Linear OAuth token', ['lin_oauth_{hex:64}', 'lin_wh_{an:40}']),
  format('figma-oauth-token', 'Figma OAuth or SCIM token', [
    'figor_{url:40-60}',
    'figoh_{url:40-60}',
    'figdr_{url:40-60}',
    'figuh_{url:40-60}',
  ]),
  format('dropbox-token', 'Dropbox access token', 'sl.{url:130-1600}'),
  format('hubspot-app-secret', 'HubSpot developer key', [
    'eu1-{hex:4}-{uuid}',
    'na1-{hex:4}-{uuid}',
    'na2-{hex:4}-{uuid}',
  ]),
  format('hubspot-service-key', 'HubSpot personal key', ['CiRuYTEt{b64:100-300}', 'CiRldTEt{b64:100-300}']),
  format('salesforce-token', 'Salesforce access token', '00D{an:12}!{an:60-100}'),
  format('salesforce-refresh-token', 'Salesforce refresh token or consumer key', [
    '5Aep861{an:60-100}',
    '3MVG9{an:70-100}',
  ]),
  format('intercom-token', 'Intercom access token', ['dG9rO{an:50-60}', 'dG9rOg{an:50-60}']),
  format('cal-com-key', 'Cal.com or Granola key', ['cal_live_{hex:32}', 'cal_{hex:32}', 'grn_{an:40-60}']),
  format('segment-token', 'Segment public API token', 'sgp_{an:64}', { confidence: 0.85 }),
  format('mapbox-public-token', 'Mapbox public token', 'pk.eyJ{an:40-200}.{url:22}', { severity: 'LOW' }),
  format('mapbox-temporary-token', 'Mapbox temporary token', 'tk.eyJ{an:40-200}.{url:22}'),
  format('arcgis-key', 'Esri ArcGIS key', 'AAPK{an:60-120}'),
  format('twitter-bearer-token', 'X (Twitter) bearer token', 'AAAAAAAAAAAAAAAAAAAAA{an:60-100}'),
  format('linkedin-client-secret', 'LinkedIn client secret', 'WPL_AP1.{an:16}.{an:6}=='),
  format('linkedin-access-token', 'LinkedIn access token', ['AQV{url:150-350}', 'AQX{url:150-350}']),
  format('meta-user-token', 'Meta (Facebook) user access token', [
    'EAAB{an:80-250}',
    'EAAG{an:80-250}',
    'EAAJ{an:80-250}',
    'EAAD{an:80-250}',
    'EAAL{an:80-250}',
    'EAAP{an:80-250}',
  ]),
  format('instagram-token', 'Instagram access token', ['IGQVJ{an:100-250}', 'IGQWR{an:100-250}', 'IGAA{an:100-250}']),
  format('tiktok-token', 'TikTok access token', ['act.{an:60-80}', 'rft.{an:60-80}', 'clt.{an:60-80}']),
  format('pinterest-token', 'Pinterest access token', ['pina_{upan:40-80}', 'pinr_{upan:40-300}', 'pinc_{upan:40-80}']),
  format('twitch-stream-key', 'Twitch stream key', 'live_{digit:7-10}_{an:30}'),
  format('roblox-key', 'Roblox Open Cloud key', ['RBX-{b64:60-90}', '.ROBLOSECURITY=_|WARNING:{an:60-300}']),
  format('intra42-secret', '42 Intra client secret', ['s-s4t2ud-{hex:64}', 's-s4t2af-{hex:64}']),
  format('lichess-token', 'Lichess token', ['lip_{an:20}', 'lio_{an:20}']),
  format('adobe-client-secret', 'Adobe client secret', ['p8e-{an:32}', 'p8{an:34}']),
  format('zoho-token', 'Zoho token', ['1000.{hex:32}.{hex:32}']),
]
