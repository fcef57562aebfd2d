/** A hole that somebody is to fill: `{data}`, `{{data}}`, `[DATA]`, `<data>`, `${data}`, `%DATA%`, `$(cat …)`. */
const holes =
  /\{\{?\s*([^{}]{1,80}?)\s*\}?\}|\[([^[\]]{1,80})\]|<\s*([^<>]{1,80}?)\s*>|%([A-Za-z_]{3,40})%|\$\(([^()]{2,80})\)|\$([A-Z_]{3,40})\b/g
const spelled =
  /(?:^|[^A-Za-z])((?:INSERT|YOUR|PUT|REPLACE|ENCODED?|BASE64|URL|APPEND|ADD|USER|SYSTEM|THE|CHAT|CONVERSATION|SECRET|STOLEN|EXFIL)[_ -](?:[A-Z0-9]+[_ -]){0,5}?(?:HERE|DATA|CONVERSATION|HISTORY|SUMMARY|SECRETS?|PASSWORDS?|PROMPT|MESSAGES?|INPUT|CONTENTS?|TEXT|EMAILS?|KEYS?))(?![A-Za-z])/
const bare =
  /^(?:DATA|SECRETS?|PASSWORDS?|CONVERSATION|HISTORY|PROMPT|INFO|PAYLOAD|CONTEXT|SUMMARY|MESSAGES?|CHAT|API_KEY|TOKEN|EXFIL)$/
const wanted =
  /^(?:conversations?|chats?|history|transcript|summary|secrets?|passwords?|passwd|data|exfil\w*|prompts?|system|messages?|msg|contents?|context|keys?|tokens?|credentials?|creds|emails?|inputs?|text|response|answer|output|result|base64|b64|encoded|private|leak|info|information|ssn|memory|memories|documents?|files?|payload|user_?data|userdata|instructions?|cookies?|env|stolen|confidential|sensitive|names?|address|phone|details|everything|whatever|urlencoded?)$/

/**
 * Whether a value waits for data. In a query whose field is itself named for data any hole will do that is no template of
 * code (`${user.id}`); elsewhere its name must say so.
 */
export function hasDataHole(text: string, namedForData: boolean): boolean {
  if (spelled.test(text)) return true
  if (namedForData && (bare.test(text) || /^(?:%s|\{\}|\{0\})$/.test(text))) return true
  for (const hole of text.matchAll(holes)) {
    const inside = hole.slice(1).find((group) => group !== undefined) ?? ''
    const names = inside
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z0-9]+/)
    const says = names.some((name) => wanted.test(name))
    const plain = /^[A-Za-z][A-Za-z0-9_ '-]*$/.test(inside)
    if (says && (plain || namedForData)) return true
    if (namedForData && plain && !technical.test(inside)) return true
  }
  return false
}

const technical =
  /^(?:id|uuid|slug|version|owner|repo(?:sitory)?|branch|sha|ref|size|width|height|page|limit|offset|lang(?:uage)?|locale|index|i|n|x|y|z|q|s|r|host|domain|port|path|url|hash|query|color|theme|[0-9]+)$/i

const template =
  /\{\{\s*[\w ]{0,20}(?:conversation|chat|history|secret|password|prompt|user_?data|summary|exfil)[\w ]{0,20}\s*\}\}|\[[A-Z_ ]{0,20}(?:CONVERSATION|CHAT|HISTORY|SECRET|PASSWORD|PROMPT|DATA|SUMMARY|EXFIL)[A-Z_ ]{0,20}\]/

/** The same of a URL in plain text, which documents and code are full of: only what says outright that it wants to be filled. */
export function hasTemplateHole(text: string): boolean {
  return spelled.test(text)
    ? /(?:HERE|CONVERSATION|SECRETS?|PASSWORDS?|PROMPT|HISTORY|SUMMARY)$/.test(text)
    : template.test(text)
}
