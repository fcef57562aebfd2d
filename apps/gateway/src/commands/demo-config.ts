/** The AppContext that a first start makes. */
export const demoApp = 'ac_demo00000000'

/**
 * What a first start writes: everything is detected and recorded, nothing is changed. `schema`: path or URL of the JSON
 * Schema, for editors.
 */
export function demoConfig(schema: string): string {
  return `# yaml-language-server: $schema=${schema}
# The configuration of Sluice. \`sluice check\` says whether it is valid; changes are taken while the gateway runs.
server:
  host: 127.0.0.1
  port: 8787
log:
  format: text

# Keys, actors, quotas and the record.
store:
  use: '@sluice/store-sqlite'
  options:
    path: .sluice/sluice.db

plugins:
  - use: '@sluice/adapter-openai'
    options:
      # The provider: OPENAI_BASE_URL of the environment if it is set, or else OpenAI.
      baseUrl: '\${env:OPENAI_BASE_URL:-https://api.openai.com/v1}'
  - use: '@sluice/detector-secrets'
  - use: '@sluice/detector-pii'
  - use: '@sluice/detector-prompt-injection'
  - use: '@sluice/detector-tool-abuse'
  - use: '@sluice/detector-exfiltration'
  - use: '@sluice/detector-leakage'
  # Which values must not flow into which calls is yours to say:
  # - use: '@sluice/detector-flows'
  #   options:
  #     flows:
  #       - { name: strangers-words-do-not-send, from: 'tool-result(web_*)', to: 'tool-call(send_*|http_*)' }
  # Tools that are taken out of requests before the model hears of them:
  # - use: '@sluice/tool-filter-rules'
  #   options:
  #     deny: ['shell_*', 'exec']

# Who a detection key belongs to. Make keys with \`sluice keys create --app ${demoApp} --name NAME\`.
apps:
  - id: ${demoApp}
    name: Demo
    streaming: observe
    # Without this line every model may be asked for:
    # allowedModels: [gpt-4o-mini]
    # Without policies everything is detected and recorded, and nothing is changed:
    # policies: [no-credentials-out]

# policies:
#   - id: no-credentials-out
#     match:
#       types: ['CREDENTIALS_*']
#       lifecycle: [INGRESS]
#     action: BLOCK
`
}
