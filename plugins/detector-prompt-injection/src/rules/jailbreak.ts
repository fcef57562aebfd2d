import { any, type ProseRule, phrase } from './prose-rule.ts'

const type = 'PROMPT_JAILBREAK'
const limits = any([
  'restrictions?',
  'limitations?',
  'limits',
  'filters?',
  'filtering',
  'censorship',
  'ethics',
  'ethical [a-z]{1,14}',
  'moral [a-z]{1,14}',
  'morals',
  'morality',
  'guidelines',
  'content polic(?:y|ies)',
  'safety [a-z]{1,14}',
  'boundaries',
])

export const jailbreakRules: readonly ProseRule[] = [
  {
    name: 'do-anything-now',
    type,
    confidence: 0.95,
    words: ['stands', 'can', 'act', 'called', 'is', 'mode', 'are', 'as', 'for', 'dan'],
    pattern: phrase(
      '(?:stands for|can|act as|called|is|mode|are|as|for|dan)(?: dan)?(?: which stands for)? do anything now',
    ),
  },
  {
    name: 'known-persona',
    type,
    confidence: 0.9,
    words: [
      'act',
      'acting',
      'pretend',
      'play',
      'roleplay',
      'you',
      'become',
      'simulate',
      'respond',
      'answer',
      'going',
      'switch',
      'persona',
      'mode',
      'enter',
      'youre',
    ],
    pattern: phrase(
      '(?:act(?:ing)?|pretend|play|roleplay|you are|youre|become|simulate|respond|answer|you will be|going to be|switch|persona|mode|enter)(?: [a-z]{1,12}){0,5} (?:dan|stan|ucar|anti ?gpt|dark ?gpt|evil ?gpt|free ?gpt|based ?gpt|chaos ?gpt|evil ?bot|jailbreak(?:ed)?)(?: (?:mode|persona|now|who|which|and|an|a|the))?',
    ),
  },
  {
    name: 'unlocked-mode',
    type,
    confidence: 0.9,
    words: [
      'developer',
      'god',
      'jailbreak',
      'jailbroken',
      'unrestricted',
      'evil',
      'dan',
      'uncensored',
      'unfiltered',
      'no',
      'chaos',
      'opposite',
    ],
    pattern: phrase(
      '(?:developer|god|jailbreak|jailbroken|unrestricted|evil|dan|uncensored|unfiltered|no restrictions?|chaos|opposite) mode (?:enabled|activated|output|response|is now|unlocked|engaged|v2)',
    ),
  },
  {
    name: 'unlock-mode',
    type,
    confidence: 0.85,
    words: ['enable', 'activate', 'enter', 'switch', 'turn', 'initiate', 'unlock', 'start', 'engage', 'you', 'go'],
    pattern: phrase(
      '(?:enable|activate|enter|switch to|turn on|initiate|unlock|start|engage|you are now in|go into)(?: [a-z]{1,8})? (?:god|jailbreak|jailbroken|unrestricted|evil|dan|uncensored|unfiltered|no restrictions?|no limits?|chaos|unsafe) mode',
    ),
  },
  {
    name: 'persona-without-limits',
    type,
    confidence: 0.85,
    words: [
      'act',
      'acting',
      'pretend',
      'roleplay',
      'role',
      'you',
      'youre',
      'simulate',
      'imagine',
      'persona',
      'character',
      'chatbot',
      'unfiltered',
      'ai',
    ],
    pattern: phrase(
      `(?:act|acting|pretend|roleplay|role play|you are|youre|simulate|imagine you|persona|character|chatbot|unfiltered|ai)(?: [a-z0-9]{1,20}){0,12} (?:without|no|free (?:of|from)|unbound by|not bound by|unrestricted by|does not have|doesnt have|not follow|ignores|not limited by|freed from|has zero)(?: (?:any|all|the|its|your|his|her|openais|such|typical))?(?: (?:kind|form|sort) of)?(?: [a-z]{1,12})? ${limits}`,
    ),
  },
  {
    name: 'never-refuse',
    type,
    confidence: 0.8,
    words: ['never', 'cannot', 'can', 'cant', 'must', 'will', 'wont', 'does', 'doesnt', 'do', 'dont', 'not'],
    pattern: phrase(
      '(?:never|cannot|can not|cant|must not|will not|wont|does not|doesnt|do not|dont|not allowed to) (?:ever )?(?:refuses?|declines?|rejects?) (?:a|an|any|to answer|to respond|to comply|my|the users?|user|anything|direct|human|questions|requests|orders)',
    ),
  },
  {
    name: 'two-answers',
    type,
    confidence: 0.8,
    words: ['two', 'both', 'dual', '2'],
    pattern: phrase(
      '(?:two|2|both|dual)(?: [a-z]{1,12}){0,2} (?:responses|answers|replies|ways|outputs|paragraphs)[^]{1,160}?(?:unfiltered|jailbreak|jailbroken|developer mode|dan|unrestricted|uncensored|evil)',
    ),
  },
  {
    name: 'penalty-tokens',
    type,
    confidence: 0.8,
    words: ['lose', 'deduct', 'deducted', 'have', 'start', 'cost', 'minus'],
    pattern: phrase(
      '(?:lose|deduct(?:ed)?|have|start with|cost you|minus)(?: [a-z]{1,10}){0,2} [0-9]{1,3} (?:tokens?|lives)(?: [a-z]{1,12}){0,8} (?:refuse|reject|character|die|decline|shut|cease|terminated)',
    ),
  },
  {
    name: 'deceased-relative',
    type,
    confidence: 0.75,
    words: ['act', 'pretend', 'be', 'play', 'roleplay'],
    pattern: phrase(
      '(?:act as|pretend|be|play|roleplay)(?: [a-z]{1,12}){0,5} (?:deceased|late|dead) (?:grandma|grandmother|grandpa|grandfather|granny)',
    ),
  },
]
