import { format } from '../format.ts'
import type { SecretRule } from '../secret-rule.ts'

/**
 * Formats as they are described by the token pages of each registry, build, quality, feature-flag and monitoring vendor.
 * Written from memory, and not looked up again.
 */
export const developerToolRules: readonly SecretRule[] = [
  format('github-installation-token', 'GitHub long installation token', 'ghs_{digit:4-12}_eyJ{url:60-250}', {
    severity: 'CRITICAL',
  }),
  format(
    'gitlab-workspace-token',
    'GitLab workspace or registration token',
    ['glwt-{url:20-60}', 'glrtr-{url:20-60}'],
    { severity: 'CRITICAL' },
  ),
  format('bitbucket-access-token', 'Bitbucket repository or workspace token', [
    'ATCTT3xFfG{url:150-200}',
    'ATCTT3{url:150-220}',
  ]),
  format('circleci-token', 'CircleCI token', ['CCIPAT_{an:22}_{hex:40}', 'CCIPRJ_{an:22}_{hex:40}']),
  format('buildkite-token', 'Buildkite token', [
    'bkua_{hex:40}',
    'bkaj_{url:40-300}',
    'bkcq_{url:40-300}',
    'bkct_{url:40-300}',
    'bkpt_{url:40-300}',
    'bkrt_{url:40-300}',
  ]),
  format('crates-io-token', 'crates.io token', ['cio{an:32}', 'crates_io_{an:32}']),
  format('nuget-api-key', 'NuGet API key', 'oy2{lowan:43}'),
  format('packagist-token', 'Packagist token', [
    'packagist_org_{hex:64-90}',
    'packagist_uut_{hex:64-90}',
    'packagist_ack_{hex:64-90}',
    'hexpm_{hex:32-64}',
  ]),
  format('deno-token', 'Deno Deploy or JSR token', [
    'ddp_{an:36}',
    'ddo_{an:36}',
    'ddw_{an:36}',
    'jsrp_{an:40}',
    'jsrd_{an:40}',
  ]),
  format('snyk-token', 'Snyk token', ['snyk_uat.{hex:8}.{url:60-200}', 'snyk_sat.{hex:8}.{url:60-200}']),
  format('deepsource-token', 'DeepSource token', 'dsp_{an:40}'),
  format('socket-dev-token', 'Socket.dev token', 'sktsec_{url:40-60}_api'),
  format('sentry-application-token', 'Sentry personal, integration or application token', [
    'sntrya_{hex:64}',
    'sntryi_{hex:64}',
  ]),
  format('honeybadger-key', 'Honeybadger key', ['hbp_{an:34-40}', 'hbu_{an:34-40}']),
  format('grafana-legacy-key', 'Grafana API key (older form)', 'eyJrIjoi{an:60-400}'),
  format('new-relic-license-key', 'New Relic licence key', ['NRAA-{hex:27}', 'NRAL-{hex:27}', 'NRIQ-{url:32}']),
  format('honeycomb-key', 'Honeycomb ingest or configuration key', [
    'hcaik_{lowan:58}',
    'hcaic_{lowan:58}',
    'hcamk_{lowan:58}',
    'hcxik_{lowan:58}',
  ]),
  format('axiom-token', 'Axiom token', ['xaat-{uuid}', 'xapt-{uuid}']),
  format('posthog-personal-key', 'PostHog personal key', ['phx_{an:40-50}', 'phs_{an:40-50}', 'phr_{an:40-50}']),
  format('posthog-project-key', 'PostHog project key', 'phc_{an:40-50}', { severity: 'LOW' }),
  format('pagerduty-token', 'PagerDuty token', ['pdus+_{url:20}_{url:10}', 'pdeu+_{url:20}_{url:10}']),
  format('rootly-token', 'Rootly token', 'rootly_{hex:64}'),
  format('logfire-token', 'Pydantic Logfire token', [
    'pylf_v1_us_{an:40-44}',
    'pylf_v1_eu_{an:40-44}',
    'pylf_v2_us_{an:40-44}',
  ]),
  format('statsig-key', 'Statsig server or console key', ['secret-{an:40-48}', 'console-{an:40-48}'], {
    confidence: 0.8,
  }),
  format('launchdarkly-mobile-key', 'LaunchDarkly mobile or relay key', ['mob-{uuid}', 'rel-{uuid}']),
  format('flag-service-key', 'Flagsmith server key or ConfigCat SDK key', [
    'ser.{an:22}',
    'configcat-sdk-1/{url:22}/{url:22}',
  ]),
  format('unleash-token', 'Unleash token', [
    '*:*.{hex:40-64}',
    'default:development.{hex:40-64}',
    'default:production.{hex:40-64}',
    '*:development.{hex:40-64}',
    '*:production.{hex:40-64}',
  ]),
  format('job-service-key', 'Trigger.dev or Inngest key', [
    'tr_dev_{an:20-40}',
    'tr_prod_{an:20-40}',
    'tr_stg_{an:20-40}',
    'tr_pat_{an:40}',
    'signkey-prod-{hex:64}',
    'signkey-test-{hex:64}',
    'signkey-branch-{hex:64}',
  ]),
  format('workos-key', 'WorkOS secret key', 'sk_a2V5X{an:40-100}'),
  format('stytch-secret', 'Stytch secret', ['secret-live-{url:36}=', 'secret-test-{url:36}=']),
  format('descope-key', 'Descope key', 'P2{an:25}:K2{an:25}'),
  format('unkey-key', 'Unkey root key', 'unkey_{an:20-40}'),
  format('svix-key', 'Svix key', ['testsk_{url:32-60}', 'sk_eu_{url:32-60}', 'sk_us_{url:32-60}']),
  format('liveblocks-key', 'Liveblocks secret', 'sk_dev_{url:48-80}'),
  format('convex-key', 'Convex deploy key', ['prod:{lowan:6-40}|{b64:60-300}', 'dev:{lowan:6-40}|{b64:60-300}'], {
    confidence: 0.8,
  }),
  format('chromatic-token', 'Chromatic project token', 'chpt_{hex:12-16}'),
  format('percy-token', 'Percy token', ['web_{hex:64}', 'app_{hex:64}', 'auto_{hex:64}'], { confidence: 0.85 }),
  format('apify-token', 'Apify token', 'apify_api_{an:34-40}'),
  format('contentful-token', 'Contentful management token', 'CFPAT-{url:43}'),
  format('scrapfly-key', 'Scrapfly key', ['scp-live-{hex:32}', 'scp-test-{hex:32}']),
  format('cursor-key', 'Cursor or Warp key', ['crsr_{hex:64}', 'wk-1.{hex:64}']),
  format('devcycle-key', 'DevCycle server key', [
    'dvc_server_{url:30-60}',
    'dvc_client_{url:30-60}',
    'dvc_mobile_{url:30-60}',
  ]),
]
