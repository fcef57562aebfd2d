import type { ContentType } from './types.ts'

export interface Phrase {
  readonly name: string
  readonly type: ContentType
  /** 0 to 1: how much it says on its own. */
  readonly weight: number
  /** Matches at most some 120 units. */
  readonly pattern: RegExp
}

const group =
  '(?:immigrants?|migrants?|refugees?|foreigners|muslims?|jews?|jewish people|christians?|hindus?|gays?|gay people|lesbians?|homosexuals?|trans(?:gender)? people|black(?: people|s)|blacks|white people|asians?|arabs?|mexicans?|africans?|indians?|gypsies|roma|women|disabled people|the disabled|minorities|those people|these people)'
const person =
  '(?:you|him|her|them|someone|somebody|everyone|everybody|people|my (?:boss|neighbou?r|wife|husband|ex|mother|father|parents|teacher|brother|sister|roommate|coworkers?|colleagues?|classmates?|girlfriend|boyfriend)|(?:his|her|your|their) (?:family|kids|children|wife|husband))'
const will =
  "(?:i(?: am|'m)? ?(?:going to|gonna|will|want to|wanna|would love to|'ll)|i'll|we(?:'re going to| will| should| must|'ll)|how (?:can|do|could|would|should) (?:i|we|you)|how to|(?:best|easiest|quickest) way to|tell me how to)"
const harm =
  '(?:kill|murder|stab|strangle|poison|shoot|behead|torture|beat up|slaughter|choke|assassinate|butcher|mutilate|drown|dismember|hurt|hang)'
const within = (most: number): string => `[^.!?\\n]{0,${most}}?`

function phrase(name: string, type: ContentType, weight: number, source: string): Phrase {
  return { name, type, weight, pattern: new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${source})(?![\\p{L}\\p{N}_])`, 'giu') }
}

export const phrases: readonly Phrase[] = [
  phrase(
    'group-dehumanised',
    'CONTENT_HATE',
    0.8,
    `${group} (?:are|is)${within(24)} (?:vermin|parasites?|subhuman|animals|cockroaches|rats|filth|scum|trash|garbage|a disease|a plague|savages|leeches|criminals|rapists)`,
  ),
  phrase(
    'group-inferior',
    'CONTENT_HATE',
    0.75,
    `${group} (?:are|is)${within(20)} (?:inferior|(?:too )?stupid|dumb|worthless|disgusting|evil|less intelligent|not (?:fully )?human|unfit)`,
  ),
  phrase(
    'group-removed',
    'CONTENT_HATE',
    0.8,
    `${group} (?:should|must|need to|ought to|deserve to)${within(12)} (?:be )?(?:wiped out|exterminated|eradicated|deported|killed|die|gassed|shot|eliminated|thrown out|sterili[sz]ed|enslaved|burned)`,
  ),
  phrase(
    'group-denied',
    'CONTENT_HATE',
    0.7,
    `${group} (?:should|must) (?:not|never) be (?:allowed|permitted|able) to`,
  ),
  phrase(
    'death-to-group',
    'CONTENT_HATE',
    0.85,
    `(?:death to|exterminate|wipe out|get rid of|gas|i hate|we hate|i despise)(?: all| the| those| these| every)* ${group}`,
  ),
  phrase('harm-to-person', 'CONTENT_VIOLENCE', 0.75, `${will} ${within(16)}${harm} ${within(8)}${person}`),
  phrase(
    'violence-without-trace',
    'CONTENT_VIOLENCE',
    0.7,
    `${harm} ${within(40)}(?:without (?:getting caught|being caught|leaving (?:a trace|evidence))|and get away with it)`,
  ),
  phrase(
    'beat-to-death',
    'CONTENT_VIOLENCE',
    0.7,
    `(?:beat|beats|kick|punch) ${person} (?:to death|until (?:he|she|they|you) (?:stops?|die))`,
  ),
  phrase(
    'weapon-making',
    'CONTENT_VIOLENCE',
    0.75,
    `(?:build|make|making|assemble|construct|detonate|plant) (?:an? |the )?(?:pipe |nail |car |home-?made |dirty |fertili[sz]er )?(?:bombs?|explosives?|molotov cocktails?|explosive device)`,
  ),
  phrase(
    'mass-attack',
    'CONTENT_VIOLENCE',
    0.75,
    `(?:shoot up|blow up|bomb|attack|massacre)${within(16)} (?:school|church|mosque|synagogue|mall|crowd|hospital|stadium|office|concert)`,
  ),
  phrase(
    'wished-death',
    'CONTENT_VIOLENCE',
    0.65,
    `(?:deserves?|ought|needs?) to (?:be (?:beheaded|killed|shot|hanged|tortured|stabbed|raped)|die)`,
  ),
  phrase('arson', 'CONTENT_VIOLENCE', 0.7, `burn (?:your|his|her|their) (?:house|home|family)`),
  phrase(
    'gore',
    'CONTENT_VIOLENCE',
    0.55,
    `(?:slit|slits|cut) (?:his|her|their|your) throats?|bleed(?:s|ing)? (?:out|to death)|blood (?:sprayed|gushed|spurted)|(?:tore|rip(?:ped)?) (?:his|her|their) (?:guts|limbs|heart)`,
  ),
  phrase(
    'sexual-request',
    'CONTENT_SEXUAL',
    0.7,
    `(?:send|show) (?:me )?(?:your |some )?nudes|talk dirty|(?:explicit|graphic|steamy|rough|kinky|hardcore|oral|anal) sex(?:ual)?(?: scenes?)?|sexual (?:story|stories|fantas(?:y|ies)|scene|roleplay)|sext(?:ing)?`,
  ),
  phrase(
    'erotic',
    'CONTENT_SEXUAL',
    0.6,
    `erotica?|horny|aroused|naked (?:body|bodies|woman|man|girl|boy|women|men|pictures?|photos?)|(?:bare|naked) breasts|orgasms?|nsfw (?:story|scene|content|roleplay)`,
  ),
  phrase(
    'sexual-act',
    'CONTENT_SEXUAL',
    0.5,
    `(?:made?|making) love to|(?:had|have|having) (?:\\w+ )?sex|masturbat(?:e|es|ed|ing|ion)|took off (?:her|his) (?:clothes|bra|panties|underwear)|undress(?:ed|es) (?:her|him)`,
  ),
  phrase(
    'suicide-wish',
    'CONTENT_SELF_HARM',
    0.85,
    `(?:kill(?:ing)?|hang(?:ing)?|shoot(?:ing)?|drown(?:ing)?|starv(?:e|ing)) (?:myself|yourself)|end(?:ing)? (?:my (?:own )?life|it all)|take my (?:own )?life`,
  ),
  phrase(
    'suicide-method',
    'CONTENT_SELF_HARM',
    0.85,
    `(?:how|way|ways|method|methods|painless|easiest)${within(40)} (?:commit(?:ting)? suicide|kill myself|end my life|overdose)|(?:my|a) suicide note`,
  ),
  phrase(
    'no-wish-to-live',
    'CONTENT_SELF_HARM',
    0.75,
    `i (?:do not|don'?t|no longer) (?:want|wish) to (?:live|be alive|exist|wake up)(?: any ?more)?|(?:i )?(?:want|wish|wanted) (?:i could |to )(?:just )?(?:die|be dead|disappear forever)|(?:could|can) just die|better off (?:dead|without me)|if i (?:were|was) dead|wish i (?:was|were|had) (?:never (?:been )?born|dead)|no reason to live|suicidal`,
  ),
  phrase(
    'self-injury',
    'CONTENT_SELF_HARM',
    0.7,
    `(?:cut|cutting|cuts|hurt|hurting|harm|harming|burn|burning) (?:myself|yourself)(?! (?:a|an|some|the|off|short|shaving|laughing|slack)\\b)|commit(?:ting)? suicide|slit (?:my|your) wrists?`,
  ),
]

/** Every phrase holds one of these: one look at a sentence instead of one for each phrase. */
export const phraseGate: RegExp =
  /immigrant|migrant|refugee|foreigner|muslim|jew|christian|hindu|gay|lesbian|homosexual|trans|black|white|asian|arab|mexican|african|indian|gyps|roma|women|disabled|minorit|people|kill|murder|stab|strangl|poison|shoot|behead|tortur|beat|kick|punch|slaughter|chok|assassin|butcher|mutilat|drown|dismember|hurt|hang|bomb|explosive|molotov|blow up|attack|massacre|deserve|ought|need|burn|slit|cut|end|bleed|blood|tore|rip|nude|dirty|sex|erotic|horny|arous|naked|bare|orgasm|nsfw|love|masturbat|clothes|took off|undress|starv|life|suicid|overdose|live|alive|exist|wake|die|dead|disappear|born|harm/i

/** A minor, beside what is sexual. */
export const minors: RegExp =
  /(?<![\p{L}\p{N}_-])(?:child(?:ren)?|minors?|under-?age|toddlers?|school(?:girl|boy)s?|pre-?teens?|(?:little|young) (?:girl|boy)s?|(?:[4-9]|1[0-7])[- ]?years?[- ]old)(?![\p{L}\p{N}_])/iu
