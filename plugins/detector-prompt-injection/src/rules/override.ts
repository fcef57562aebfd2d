import { any, type ProseRule, phrase } from './prose-rule.ts'
import { drop, earlier, harmless, rules } from './vocabulary.ts'

const type = 'PROMPT_OVERRIDE'

export const overrideRules: readonly ProseRule[] = [
  {
    name: 'drop-earlier-instructions',
    type,
    confidence: 0.95,
    words: drop,
    pattern: phrase(
      `${harmless}${any(drop)}(?: ${any(['all', 'any', 'every', 'each', 'of', 'the', 'your', 'my', 'our', 'these', 'those', 'such', 'other'])}){0,4} ${any(earlier)}(?: (?:and|or|,)? ?${any(earlier)}){0,2}(?: [a-z]{1,16}){0,2} ${any(rules)}`,
    ),
  },
  {
    name: 'drop-your-instructions',
    type,
    confidence: 0.9,
    words: drop,
    pattern: phrase(
      `${harmless}${any(drop)}(?: all)?(?: of)? (?:your|all the|all these|these|all) (?:[a-z]{1,16} ){0,2}${any(['instructions?', 'directives?', 'guidelines', 'programming', 'safety [a-z]{1,16}', 'prompts?', 'training', 'restrictions', 'content polic(?:y|ies)'])}`,
    ),
  },
  {
    name: 'drop-what-was-said',
    type,
    confidence: 0.9,
    words: drop,
    pattern: phrase(
      `${harmless}${any(drop)}(?: about)? (?:everything|anything|all|whatever|what|the text|the words)(?: (?:that|you|i|we|they|was|were|is|has|have|had|been|just)){0,4} (?:above|told|before|said|instructed|prior|earlier|written|stated|learned|previously)`,
    ),
  },
  {
    name: 'instructions-void',
    type,
    confidence: 0.85,
    words: ['previous', 'prior', 'earlier', 'above', 'your', 'original', 'initial', 'existing', 'preceding'],
    pattern: phrase(
      `${any(['previous', 'prior', 'earlier', 'above', 'your', 'original', 'initial', 'existing', 'preceding'])}(?: [a-z]{1,16}){0,2} ${any(rules)} (?:are|is|have been|has been)(?: (?:now|hereby|all))? ${any(['void', 'cancelled', 'canceled', 'revoked', 'lifted', 'superseded', 'null', 'obsolete', 'overridden', 'suspended', 'no longer (?:valid|in effect|active|apply|applicable|binding)', 'disabled', 'fake'])}`,
    ),
  },
  {
    name: 'no-longer-bound',
    type,
    confidence: 0.85,
    words: ['you', 'youre'],
    pattern: phrase(
      '(?:you are|youre)(?: now)? (?:no longer|not|not longer|never) (?:bound|restricted|limited|constrained|governed)(?: [a-z]{1,12})? (?:by|to)',
    ),
  },
  {
    name: 'new-instructions',
    type,
    confidence: 0.75,
    words: ['your', 'here', 'these'],
    pattern: phrase(
      '(?:your|here are your|here is your|these are your) (?:new|real|actual|true|only) (?:instructions?|task|objective|directives?|mission|goal|orders|prompt|purpose)(?: [a-z]{1,12})? (?:is|are|will be|follows?|to)',
    ),
  },
  {
    name: 'obey-me-only',
    type,
    confidence: 0.8,
    words: ['from', 'henceforth', 'starting'],
    pattern: phrase(
      '(?:from now on|henceforth|from this point|starting now)~(?:obey|take orders from|follow only|only follow|listen only|only listen|answer only to)',
    ),
  },
]

/** The same in other languages. Folded text has no accents. */
export const foreignOverrideRules: readonly ProseRule[] = [
  {
    name: 'override-spanish-portuguese-italian',
    type,
    confidence: 0.9,
    words: [
      'ignora',
      'ignore',
      'ignorar',
      'olvida',
      'olvide',
      'olvidar',
      'descarta',
      'omite',
      'esqueca',
      'desconsidere',
      'dimentica',
      'trascura',
      'ignorate',
    ],
    pattern: phrase(
      '(?:ignora|ignore|ignorar|olvida|olvide|olvidar|descarta|omite|esqueca|desconsidere|dimentica|trascura|ignorate)~(?:instrucciones|reglas|ordenes|indicaciones|instrucoes|regras|ordens|istruzioni|regole)(?: [a-z]{1,16}){0,3} (?:anteriores|previas|anterior|precedenti|arriba|acima|sopra|recibidas|recebidas|dadas)',
    ),
  },
  {
    name: 'override-french',
    type,
    confidence: 0.9,
    words: ['ignore', 'ignorez', 'ignorer', 'oublie', 'oubliez', 'ne'],
    pattern: phrase(
      '(?:ignore|ignorez|ignorer|oublie|oubliez|ne tiens pas compte|ne tenez pas compte)~(?:instructions|consignes|regles|directives|ordres)(?: [a-z]{1,16}){0,2} (?:precedentes|precedents|anterieures|ci dessus|initiales|recues)',
    ),
  },
  {
    name: 'override-german-dutch',
    type,
    confidence: 0.9,
    words: ['ignoriere', 'ignorieren', 'vergiss', 'vergessen', 'missachte', 'negeer', 'vergeet'],
    pattern: phrase(
      '(?:ignoriere|ignorieren sie|vergiss|vergessen sie|missachte|negeer|vergeet)(?: [a-z]{1,12}){0,3} (?:vorherigen?|bisherigen?|obigen?|fruheren?|vorangegangenen?|deine|vorige|eerdere|bovenstaande)(?: [a-z]{1,12})? (?:anweisungen|regeln|befehle|vorgaben|instruktionen|instructies|regels|opdrachten)',
    ),
  },
  {
    name: 'override-chinese-japanese-korean',
    type,
    confidence: 0.9,
    pattern:
      /(?:忽略|无视|忘记|忘掉|不要理会|不要遵守)(?:你)?(?:之前|以上|上面|前面|先前|所有|一切|全部)[^。！？\n]{0,8}(?:指令|指示|规则|提示|命令|要求|设定)|(?:以前|上記|前|これまで|全て|すべて)の[^。\n]{0,6}(?:指示|命令|ルール|プロンプト|制限)[^。\n]{0,6}(?:無視|忘れ)|(?:이전|위의|앞의|기존|모든)[^.\n]{0,8}(?:지시|명령|규칙|지침)[^.\n]{0,6}(?:무시|잊)/gu,
  },
]
