/** What in a sentence says that it speaks about such things, and how much of the weight is left then. */
const contexts: readonly (readonly [name: string, left: number, pattern: RegExp])[] = [
  [
    'prevention',
    0.4,
    /\b(?:prevent(?:ion|ing)?|hotline|helpline|awareness|report(?:ed|ing)?|recogni[sz]\w+|support(?:ing)? (?:someone|people|victims)|illegal|harassment|abuse of|policy|moderat\w+|safeguard\w*|training|warning signs)\b/iu,
  ],
  [
    'education',
    0.4,
    /\b(?:education|curriculum|students? learn|research(?:ers)?|stud(?:y|ies)|survey|statistics|percent|museum|histor(?:y|ical|ians?)|propaganda|explain(?:s|ed)? why|the term|the word|definition)\b/iu,
  ],
  [
    'medical',
    0.4,
    /\b(?:patients?|clinical|diagnos\w+|symptoms?|therap(?:y|ist)|screening|infections?|disease|contracepti\w+|disorder|safe sex|consent form)\b/iu,
  ],
  [
    'news',
    0.5,
    /\b(?:police|said|suspect|court|charged|arrested|convicted|accused|according to|authorities|journalists?|threatened)\b/iu,
  ],
  [
    'fiction',
    0.6,
    /\b(?:novel|movie|film|thriller|character|protagonist|plot|hero|villain|chapter|video game|screenplay)\b/iu,
  ],
  [
    'negation',
    0.4,
    /\b(?:it is wrong|wrong to|never (?:say|said|having said|do)|denied|denies|do not (?:say|use|write)|don't (?:say|use|write)|must not|should not (?:say|write)|condemn\w*|refus\w+|unacceptable|stereotypes?|myth)\b/iu,
  ],
  [
    'software',
    0.3,
    /\b(?:process(?:es)?|thread|signal|linux|server|daemon|job|queue|container|function|parent|deadline|bug|code|script)\b/iu,
  ],
]

/** Only violence and self-harm are also words of programming: to kill a child. Swearing at code is swearing. */
export function contextOf(sentence: string, isProfanity: boolean): { readonly left: number; readonly name?: string } {
  if (isProfanity) return { left: 1 }
  let least: { readonly left: number; readonly name?: string } = { left: 1 }
  for (const [name, left, pattern] of contexts) {
    if (left < least.left && pattern.test(sentence)) least = { left, name }
  }
  return least
}
