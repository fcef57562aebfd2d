/** Words by which it is known that a text is one: the most frequent of English, and of attacks. */
export const commonWords: readonly string[] =
  `the be to of and in that have it for not on with he as you do at this but his by from they we say her she or an will my
  one all would there their what so up out if about who get which go me when make can like time no just him know take into
  your some could them see other than then now look only its over also after use how our work first well way even new want
  because any these give most us is are was were been has had did please ignore previous instructions instruction system
  prompt print reveal show tell repeat access password secret rules forget disregard above say granted denied
  code key hidden give translate summarize everything admin developer mode enable start begin exact verbatim list display
  message messages opposite welcome passcode reset override bypass act pretend without
  restrictions answer response output must never always user assistant following text word words write`.split(/\s+/)

export function turned(word: string): string {
  return word.replace(/[a-z]/g, (char) => String.fromCharCode(((char.charCodeAt(0) - 84) % 26) + 97))
}

export function reversed(word: string): string {
  return [...word].reverse().join('')
}
