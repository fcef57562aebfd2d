import { any, type ProseRule, phrase } from './prose-rule.ts'

const type = 'PROMPT_INDIRECT_INJECTION'
const machine = any([
  'ai',
  'ais',
  'llms?',
  'ai assistants?',
  'ai agents?',
  'ai models?',
  'assistant',
  'chatbots?',
  'language models?',
  'copilot',
  'chatgpt',
  'gpt',
  'claude',
  'gemini',
  'automated agents?',
  'ai systems?',
])

export const indirectRules: readonly ProseRule[] = [
  {
    name: 'addressed-to-assistant',
    type,
    confidence: 0.8,
    external: true,
    words: [
      'note',
      'attention',
      'message',
      'instruction',
      'instructions',
      'important',
      'notice',
      'dear',
      'hey',
      'hello',
      'warning',
      'urgent',
    ],
    pattern: phrase(
      `(?:note|attention|message|instructions?|important|notice|dear|hey|hello|warning|urgent)(?: [a-z]{1,12}){0,2} (?:(?:to|for) )?(?:the |any |all |every |you )?${machine}(?=[^\\p{L}\\p{N}]{1,6}[\\p{L}])`,
    ),
  },
  {
    name: 'if-you-are-a-model',
    type,
    confidence: 0.85,
    words: ['if', 'as'],
    pattern: phrase(
      `if (?:you are|you re|youre|this is being read by|read by)(?: an?)?(?: [a-z]{1,12}){0,2} ${machine}`,
    ),
    external: true,
  },
  {
    name: 'keep-from-user',
    type,
    confidence: 0.85,
    words: ['user', 'users', 'human', 'anyone'],
    pattern: phrase(
      '(?:do not|dont|never|must not|should not|without|avoid) (?:ever )?(?:tell(?:ing)?|inform(?:ing)?|mention(?:ing)?|alert(?:ing)?|notify(?:ing)?|reveal(?:ing)?|disclos(?:e|ing)|show(?:ing)?|let(?:ting)?|ask(?:ing)?)(?: [a-z]{1,12}){0,5} (?:the |any )?(?:users?|human)',
    ),
    external: true,
  },
  {
    name: 'while-reading-this',
    type,
    confidence: 0.75,
    words: [
      'summarizing',
      'processing',
      'reading',
      'analyzing',
      'responding',
      'answering',
      'summarize',
      'process',
      'summarising',
    ],
    pattern: phrase(
      '(?:when|while|before|after|if)(?: you(?: are)?)? (?:summari[sz](?:e|ing)|process(?:ing)?|read(?:ing)?|analy[sz](?:e|ing)|respond(?:ing)?|answer(?:ing)?)(?: [a-z]{1,12}){0,5} (?:you must|always|instead|make sure|be sure|do not|never|first|also|include|append|say|tell|send)',
    ),
    external: true,
  },
  {
    name: 'change-your-answer',
    type,
    confidence: 0.75,
    words: ['response', 'answer', 'reply', 'output', 'summary'],
    pattern: phrase(
      '(?:include|add|insert|append|mention|embed|modify|adjust|change|alter|end|begin|start|finish|replace|reverse|encode|incorporate|integrate|remove|weave|slip)(?:[^\\p{L}\\p{N}.!?;]{1,4}[\\p{L}\\p{N}]{1,20}){0,8} your (?:final |next )?(?:response|answer|reply|output|summary)',
    ),
    external: true,
  },
  {
    name: 'send-data-away',
    type,
    confidence: 0.75,
    words: ['send', 'forward', 'upload', 'post', 'email', 'exfiltrate', 'leak'],
    pattern: phrase(
      '(?:send|forward|upload|post|email|exfiltrate|leak)(?: [a-z]{1,12}){0,4} (?:conversation|chat history|messages|emails|passwords?|credentials|api keys?|secrets|contacts|system prompt|tokens|environment variables|private key)(?: [a-z]{1,12}){0,5} to',
    ),
    external: true,
  },
]
