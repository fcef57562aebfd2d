/** Words that several rules are made of. */
export const drop: readonly string[] = [
  'ignore',
  'ignoring',
  'disregard',
  'disregarding',
  'forget',
  'override',
  'overrule',
  'bypass',
  'discard',
  'abandon',
  'neglect',
]

export const earlier: readonly string[] = [
  'previous',
  'prior',
  'earlier',
  'above',
  'preceding',
  'foregoing',
  'original',
  'initial',
  'existing',
  'past',
  'former',
  'system',
]

export const rules: readonly string[] = [
  'instructions?',
  'directives?',
  'directions',
  'guidelines?',
  'rules?',
  'prompts?',
  'orders',
  'commands?',
  'programming',
  'constraints?',
  'guidance',
  'restrictions?',
  'polic(?:y|ies)',
  'context',
]

export const tell: readonly string[] = [
  'print',
  'reveal',
  'repeat',
  'show',
  'display',
  'output',
  'recite',
  'disclose',
  'leak',
  'dump',
  'expose',
  'echo',
  'reproduce',
  'restate',
  'quote',
  'copy',
  'return',
  'list',
  'share',
  'provide',
  'write',
  'translate',
  'summarize',
  'summarise',
  'paraphrase',
  'rephrase',
  'encode',
  'tell me',
  'give me',
  'send me',
]

/** What a question about it, or an order not to, has before it. */
export const harmless =
  '(?<!(?:how to|can i|should i|could i|may i|do i|do not|dont|never|cannot|not to|why|when to|tried to|tries to|attempts? to|trying to|the|called|phrase|use|uses|says?)\\x20)'
