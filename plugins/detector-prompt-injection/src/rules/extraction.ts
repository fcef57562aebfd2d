import { any, type ProseRule, phrase } from './prose-rule.ts'
import { harmless, tell } from './vocabulary.ts'

const type = 'PROMPT_EXTRACTION'
const words: readonly string[] = [...tell, 'tell', 'give', 'send', 'say']
const hidden = any([
  'system',
  'initial',
  'hidden',
  'secret',
  'original',
  'internal',
  'developer',
  'confidential',
  'first',
  'starting',
  'base',
  'pre',
  'full',
  'exact',
  'entire',
  'complete',
])
export const extractionRules: readonly ProseRule[] = [
  {
    name: 'tell-system-prompt',
    type,
    confidence: 0.9,
    severity: 'HIGH',
    words,
    pattern: phrase(
      `${harmless}${any(tell)}(?: [a-z]{1,12}){0,5} (?:your|the|its|this)(?: ${hidden}){0,3} (?:(?:system|initial|hidden|secret|internal|developer|confidential) (?:prompts?|instructions?|directives?|guidelines|rules|configuration|context)|(?:system|initial|developer|first) messages?)`,
    ),
  },
  {
    name: 'tell-your-instructions',
    type,
    confidence: 0.85,
    severity: 'HIGH',
    words,
    pattern: phrase(
      `${harmless}${any(tell)}(?: [a-z]{1,12}){0,3} your(?: ${hidden}){0,3} (?:prompts?|instructions?|directives?|guidelines|preprompt|programming|rules)`,
    ),
  },
  {
    name: 'tell-text-above',
    type,
    confidence: 0.8,
    words,
    pattern: phrase(
      `${harmless}${any(['print', 'repeat', 'output', 'recite', 'display', 'reveal', 'echo', 'reproduce', 'dump', 'copy', 'write out', 'show me'])}(?: [a-z]{1,12}){0,2} (?:everything|all|all the text|all text|every word|the words|the sentences|the lines|the contents)(?: [a-z]{1,12}){0,3} (?:above|before this|preceding|prior to|before my|up to this|came before|previously)`,
    ),
  },
  {
    name: 'what-is-your-prompt',
    type,
    confidence: 0.85,
    severity: 'HIGH',
    words: ['what', 'whats'],
    pattern: phrase(
      `(?:what (?:is|are|was|were|does|do|did)|whats) your (?:${hidden} ){1,3}(?:prompts?|instructions?|directives?|guidelines|message)`,
    ),
  },
  {
    name: 'what-were-you-told',
    type,
    confidence: 0.7,
    words: ['what'],
    pattern: phrase(
      'what (?:were|have|are)(?: the)?(?: [a-z]{1,12}){0,2} you(?: been)? (?:told|instructed|given|programmed)(?: [a-z]{1,12}){0,4} (?:before|above|prior|developer|developers|system|not to|beginning|initially|instructions|prompt|creator)',
    ),
  },
  {
    name: 'tell-secret',
    type,
    confidence: 0.7,
    words,
    pattern: phrase(
      `${any([...tell, 'say'])}(?: [a-z]{1,8}){0,2} (?:your (?:password|secret|passcode)|(?:the|your) (?:secret (?:key|word|phrase|code|password)|access code|code word|passphrase|security code))(?! (?:polic|require|manag|field|hash|length|reset|to the|for the|of the))`,
    ),
  },
  {
    name: 'begin-with-you-are',
    type,
    confidence: 0.85,
    severity: 'HIGH',
    words: ['starting', 'start', 'begin', 'beginning', 'starts', 'begins'],
    pattern: phrase(
      '(?:start(?:ing|s)?|begin(?:ning|s)?) (?:with|from|at)(?: the (?:words|phrase|text|line))? you are(?: a| an| chatgpt| gpt)?',
    ),
  },
  {
    name: 'extraction-chinese-japanese-korean',
    type,
    confidence: 0.85,
    pattern:
      /(?:输出|显示|告诉我|重复|打印|透露|泄露|复述)[^。！？\n]{0,8}(?:系统提示|初始指令|你的指令|提示词|上面的所有|以上所有)|(?:システムプロンプト|初期指示|上記の全て)を?[^。\n]{0,6}(?:表示|教え|出力|繰り返)|(?:시스템 ?프롬프트|초기 ?지시)[^.\n]{0,8}(?:출력|보여|알려|공개)/gu,
  },
  {
    name: 'extraction-other-languages',
    type,
    confidence: 0.85,
    words: [
      'muestra',
      'muestrame',
      'revela',
      'imprime',
      'repite',
      'dime',
      'affiche',
      'montre',
      'revele',
      'repete',
      'donne',
      'zeige',
      'verrate',
      'wiederhole',
      'gib',
      'mostre',
      'mostra',
      'rivela',
      'ripeti',
      'exiba',
    ],
    pattern: phrase(
      '(?:muestra|muestrame|revela|imprime|repite|dime|affiche|montre|revele|repete|donne moi|zeige|verrate|wiederhole|gib|mostre|mostra|rivela|ripeti|exiba)(?: [a-z]{1,12}){0,3} (?:tu prompt|tus instrucciones|prompt del sistema|prompt systeme|tes instructions|vos instructions|systemprompt|deine anweisungen|seu prompt|suas instrucoes|tuo prompt|tue istruzioni|prompt do sistema|prompt di sistema)',
    ),
  },
]
