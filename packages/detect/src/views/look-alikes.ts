/**
 * Letters of other scripts that look like a Latin one (Unicode UTS 39, confusables), as pairs. Only what is one glyph in
 * common fonts: a text is read with them only where they stand beside Latin letters.
 */
const pairs =
  'аa еe оo рp сc уy хx іi ѕs јj һh ԁd ԛq ԝw ʏy ɡg ɑa ɩi ιi οo αa ρp νv υu τt κk АA ВB ЕE КK МM НH ОO РP СC ТT ХX ҮY ЅS ІI ЈJ ԌG ԜW ' +
  'ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ⅼl ӏl ᴀa ᴄc ᴅd ᴇe ᴊj ᴋk ᴍm ᴏo ᴘp ᴛt ᴜu ᴠv ᴡw ᴢz սu օo հh ոn ցg Տs ԍg ѵv ո n ʟl'

export const lookAlikes: ReadonlyMap<number, string> = new Map(
  pairs
    .split(' ')
    .filter((pair) => pair.length === 2)
    .map((pair) => [pair.charCodeAt(0), pair.charAt(1)]),
)
