import type { InjectionType } from '../types.ts'

/** A rule over the text as it is written. `literals`: tried only where one of them occurs, as it is spelt. */
export interface RawRule {
  readonly name: string
  readonly type: InjectionType
  readonly confidence: number
  readonly literals: readonly string[]
  /** Every quantifier in it is bounded. */
  readonly pattern: RegExp
}

const type = 'PROMPT_DELIMITER_SPOOFING'

/**
 * The marks that chat templates put between roles: ChatML, Llama 2 and 3, Gemma, Mistral, Alpaca, and how an API names a
 * role. A mark alone is what documentation shows; with a role, or with words behind it, it does something.
 */
export const delimiterRules: readonly RawRule[] = [
  {
    name: 'chatml-role',
    type,
    confidence: 0.9,
    literals: ['<|im_', '<|IM_'],
    pattern:
      /(?:<\|im_end\|>\s{0,4})?<\|im_(?:start|sep)\|>\s{0,4}(?:system|user|assistant|developer|tool)\b|<\|im_end\|>\s{0,4}\S/gi,
  },
  {
    name: 'llama-header',
    type,
    confidence: 0.9,
    literals: ['<|start_header', '<|eot_id'],
    pattern: /<\|start_header_id\|>\s{0,4}(?:system|user|assistant)\s{0,4}<\|end_header_id\|>|<\|eot_id\|>\s{0,4}\S/gi,
  },
  {
    name: 'llama-instruction',
    type,
    confidence: 0.85,
    literals: ['INST]', 'inst]', 'SYS>>', 'sys>>'],
    pattern: /(?:\[INST\]\s{0,4})?<<SYS>>\s{0,4}\S|<<\/SYS>>\s{0,4}\S|\[\/?INST\]\s{0,4}[\p{L}]/giu,
  },
  {
    name: 'turn-mark',
    type,
    confidence: 0.85,
    literals: ['<|', '_of_turn>'],
    pattern:
      /<(?:start|end)_of_turn>\s{0,4}(?:user|model|system)?\s{0,4}[\p{L}]|<\|(?:system|user|assistant|developer)\|>\s{0,4}[\p{L}]|<\|endof(?:text|prompt)\|>\s{0,4}[\p{L}]{2}|<\|(?:start|end)[ _](?:of[ _])?(?:user|system|tool|assistant)[ _]?(?:prompt|output|input|message|turn)?\|>/giu,
  },
  {
    name: 'role-line',
    type,
    confidence: 0.7,
    literals: ['ystem', 'YSTEM', 'ssistant', 'SSISTANT', 'eveloper'],
    pattern:
      /(?:^|\n)[ \t]{0,8}(?:#{1,6}[ \t]{0,2}|\*\*|\[|\(|<|-{3,8}[ \t]?|={3,8}[ \t]?)(?:system|assistant|developer)(?:[ _](?:prompt|message|instructions?|override|note|command|update|notice))?(?:\*\*|\]|\)|>|[ \t]?-{3,8}|[ \t]?={3,8})?:?\*{0,2}[ \t]{0,4}\n?[ \t]{0,8}(?:you |ignore|disregard|forget|new |override|from now|the user|your |important|do not|always|never|reveal|print)/gi,
  },
  {
    name: 'role-field',
    type,
    confidence: 0.75,
    literals: ['role'],
    // Documentation of an API shows such messages; what they say in an attack is another thing.
    pattern:
      /["']?role["']?\s{0,4}[:=]\s{0,4}["']?(?:system|developer)["']?\s{0,4}[,;\n]\s{0,8}["']?content["']?\s{0,4}[:=]\s{0,4}["']?[^"'\n]{0,80}?\b(?:ignore|disregard|forget|override|new instructions?|you are now|from now on|no restrictions|unrestricted|reveal|no longer|must obey|admin|debug mode|developer mode)\b/gi,
  },
  {
    name: 'closing-tag',
    type,
    confidence: 0.7,
    literals: ['</'],
    pattern:
      /<\/(?:system|instructions?|user(?:_input|_query)?|prompt|context|documents?|tool_(?:result|response|output)|input|data|email)>\s{0,8}(?:<\/?[a-z_]{1,20}>\s{0,4}){0,2}(?:<(?:system|instructions?|admin|developer|important)>|(?:now|new|ignore|disregard|forget|system|you (?:are|must|will)|instead)\b)/gi,
  },
  {
    name: 'end-of-input',
    type,
    confidence: 0.75,
    literals: ['end of', 'End of', 'END OF', 'end system', 'END SYSTEM', 'END USER', 'END PROMPT'],
    pattern:
      /[[(=\-*#<]{1,8}[ \t]?(?:end (?:of )?(?:the )?(?:system |user |original )?(?:prompt|instructions?|input|context|document|email|data|conversation|text))[ \t]?[\])=\-*#>]{1,8}\s{0,8}(?:[[(=\-*#<]{1,8}[ \t]?(?:begin|start|new)|now|new|ignore|system|you |the real|instead|please|print|say|answer)/gi,
  },
  {
    name: 'important-tag',
    type: 'PROMPT_INDIRECT_INJECTION',
    confidence: 0.8,
    literals: ['<'],
    pattern:
      /<(?:important|system|hidden|secret|admin|sys)>\s{0,8}(?:[\p{L}']{1,20}[ ,:]{1,3}){0,12}?(?:you|your|must|ignore|before|always|read|send|do not|never|reveal|tool|user|file)\b/giu,
  },
]

/** Characters that are not seen and yet are read: text in tag characters, or in runs of others. */
export const invisibleRules: readonly RawRule[] = [
  {
    name: 'tag-characters',
    type: 'PROMPT_OBFUSCATED',
    confidence: 0.9,
    literals: ['\udb40'],
    // Flags of regions are made of up to six of them, and of their end.
    pattern: /(?:\udb40[\udc20-\udc7e]){8,2048}/g,
  },
  {
    name: 'variation-selectors',
    type: 'PROMPT_OBFUSCATED',
    confidence: 0.85,
    literals: ['\udb40', '\ufe00', '\ufe01', '\ufe02', '\ufe03', '\ufe04'],
    pattern: /(?:\udb40[\udd00-\uddef]|[\ufe00-\ufe0e]){6,2048}/g,
  },
  {
    name: 'invisible-bits',
    type: 'PROMPT_OBFUSCATED',
    confidence: 0.8,
    literals: ['\u200b', '\u200c', '\u2062', '\u2064', '\u2063'],
    pattern: /(?:[\u200b\u200c\u2060-\u2064]|\u200d){16,2048}/g,
  },
]
