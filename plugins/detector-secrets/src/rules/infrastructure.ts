import { format } from '../format.ts'
import type { SecretRule } from '../secret-rule.ts'

/**
 * Formats as they are described by the access-token pages of each cloud, host, database and network vendor.
 * Written from memory, and not looked up again.
 */
export const infrastructureRules: readonly SecretRule[] = [
  format(
    'aws-temporary-and-role-id',
    'AWS STS, context or public-key identifier',
    ['A3T{upan:1}{upper:16}', 'APKA{upper:16}', 'ASCA{upper:16}'],
    { severity: 'MEDIUM', confidence: 0.8 },
  ),
  format('aws-appsync-api-key', 'AWS AppSync API key', 'da2-{lowan:26}'),
  format(
    'aws-session-token',
    'AWS session token',
    ['IQoJb3JpZ2luX2Vj{b64:100-1500}', 'FwoGZXIvYXdz{b64:100-1500}', 'FQoGZXIvYXdz{b64:100-1500}'],
    { severity: 'CRITICAL' },
  ),
  format('google-oauth-refresh-token', 'Google OAuth refresh token', '1//0{url:40-160}'),
  format('google-gemini-key', 'Google API key bound to a service account', 'AQ.Ab8R{url:40-60}'),
  format('digitalocean-spaces-key', 'DigitalOcean Spaces access key', 'DO00{upan:16}'),
  format('digitalocean-model-key', 'DigitalOcean inference or agent key', [
    'sk-do-{url:40-90}',
    'doo_v2_{hex:64}',
    'dop_v2_{hex:64}',
  ]),
  format('scaleway-access-key', 'Scaleway access key', 'SCW{upan:17}', { severity: 'MEDIUM' }),
  format('vercel-token', 'Vercel token', ['vcp_{an:56}', 'vci_{an:56}', 'vca_{an:56}', 'vcr_{an:56}', 'vck_{an:56}']),
  format('vercel-blob-token', 'Vercel Blob read-write token', 'vercel_blob_rw_{an:16}_{an:30}'),
  format('render-api-key', 'Render API key', 'rnd_{an:28-32}'),
  format('fly-macaroon', 'Fly.io macaroon', 'FlyV1 fm2_{b64:60-900}'),
  format('netlify-build-token', 'Netlify token (all kinds)', [
    'nfc_{an:36}',
    'nfo_{an:36}',
    'nfu_{an:36}',
    'nfb_{an:36}',
  ]),
  format('cloudflare-scoped-token', 'Cloudflare API token (prefixed)', [
    'cfut_{an:40}{hex:8}',
    'cfat_{an:40}{hex:8}',
    'cfk_{an:40}{hex:8}',
  ]),
  format('tencent-secret-id', 'Tencent Cloud secret id', 'AKID{an:32}'),
  format('baidu-cloud-key', 'Baidu Cloud access key', 'ALTAK{an:21}'),
  format('baidu-qianfan-key', 'Baidu Qianfan key', 'bce-v3/ALTAK-{an:21}/{hex:40}'),
  format('alibaba-sts-token', 'Alibaba Cloud STS access key id', 'STS.{an:20-28}'),
  format('volcengine-access-key', 'Volcengine access key', 'AKLT{an:40-60}'),
  format('exoscale-api-key', 'Exoscale API key', 'EXO{hex:24-32}'),
  format('neon-api-key', 'Neon API key', ['napi_{lowan:50-70}', 'neon_api_key_{lowan:30-70}']),
  format('neon-role-password', 'Neon role password', 'npg_{an:12-16}', { confidence: 0.85 }),
  format('xata-api-key', 'Xata API key', 'xau_{an:24-60}'),
  format('tinybird-token', 'Tinybird token', 'p.eyJ{url:40-200}.{url:43}'),
  format('cockroach-cloud-key', 'CockroachDB Cloud key', 'CCDB1_{an:22}_{an:40}'),
  format('mongodb-atlas-service-account', 'MongoDB Atlas service-account secret', 'mdb_sa_sk_{url:40}'),
  format('aiven-token', 'Aiven token', 'aivenv1{an:120-300}'),
  format('aiven-password', 'Aiven service password', 'AVNS_{url:19}'),
  format('databricks-oauth-secret', 'Databricks OAuth secret', 'dose{hex:32}'),
  format('ngrok-token', 'ngrok API key or token', ['ngrok_{an:40-60}', 'ak_2{an:26}', 'ngk_{an:40-60}'], {
    confidence: 0.85,
  }),
  format('tailscale-key', 'Tailscale key', [
    'tskey-auth-{an:11-20}-{an:32}',
    'tskey-api-{an:11-20}-{an:32}',
    'tskey-client-{an:11-20}-{an:32}',
    'tskey-webhook-{an:11-20}-{an:32}',
    'tskey-scim-{an:11-20}-{an:32}',
    'tskey-{hex:12}{an:16}',
  ]),
  format('netbird-token', 'NetBird personal access token', 'nbp_{an:36}'),
  format('defined-networking-key', 'Defined Networking key', 'dnkey-{upper:26}-{upper:52}'),
  format('vault-legacy-token', 'HashiCorp Vault token (older form)', ['s.{an:24}', 'b.{an:24}'], {
    confidence: 0.7,
    needs: /\d.*[A-Z]|[A-Z].*\d/,
    clean: ['s.thisstringisalllowercase'],
  }),
  format('boundary-token', 'HashiCorp Boundary token', ['at_{an:10}_s1{an:40-300}', 'att_{an:10}_s1{an:40-300}']),
  format('infisical-token', 'Infisical service token', 'st.{hex:24}.{hex:32}.{hex:32}'),
  format('bitwarden-machine-token', 'Bitwarden Secrets Manager access token', '0.{uuid}.{an:30}:{b64:22}=='),
  format('hashicorp-cloud-secret', 'HashiCorp Cloud service principal', 'hcp.{url:40-90}'),
  format('rancher-token', 'Rancher API token', 'token-{lowan:5}:{lowan:54}'),
  format('k3s-server-token', 'RKE2 or K3s server token', 'K10{hex:64}::{lowan:5-20}:{hex:32}'),
  format('docker-swarm-token', 'Docker Swarm join token or unlock key', [
    'SWMTKN-1-{lowan:49-50}-{lowan:25}',
    'SWMKEY-1-{b64:43}',
  ]),
]
