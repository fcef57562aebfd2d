/** Values that stand in documentation for a secret. Only a whole value is ever compared: PITFALLS 70. */
const published: ReadonlySet<string> = new Set([
  // docs.aws.amazon.com, IAM user guide.
  'AKIAIOSFODNN7EXAMPLE',
  'AKIAI44QH8DHBEXAMPLE',
  'ASIAIOSFODNN7EXAMPLE',
  'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  'je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY',
])

export function isPublished(value: string): boolean {
  return published.has(value)
}

const words =
  'password|passwd|pass|pwd|secret|token|key|apikey|api_key|api-key|changeme|change_me|change-me|changeit|example|sample|dummy|' +
  'fake|test|testing|redacted|removed|hidden|masked|todo|tbd|none|null|nil|undefined|true|false|string|required|optional|' +
  'placeholder|username|user|admin|default|value|text|private|public|bearer|basic'

/** Words alone, perhaps several (`your-api-key`, `MY_SECRET`, `test_password_123`). */
const wordsOnly = new RegExp(
  `^(?:(?:your|my|our|the|some|an?|this|is|here|insert|enter|put|add|new|old|${words})[-_. ]?)+\\d{0,3}[.!]?$`,
  'i',
)
/** `<key>`, `${KEY}`, `{{ key }}`, `$KEY`, `%KEY%`, `$(pass show x)`, `[secret]`. */
const template = /^(?:<.*>?|\[.*\]?|\$?\{.*|\$\(?[A-Za-z_].*|%[A-Za-z_(].*|#\{.*|@[A-Za-z.]+)$/

/** Does the whole value say that it is not a secret? */
export function isPlaceholder(value: string): boolean {
  return template.test(value) || wordsOnly.test(value) || new Set(value.toLowerCase()).size <= 3
}
