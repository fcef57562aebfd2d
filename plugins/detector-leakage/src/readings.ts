/** A text read another way, whose units stand for units of the text one to one. */
export interface Reading {
  readonly name: 'plain' | 'rot13' | 'reversed'
  readonly text: string
  /** The stretch of the text that a stretch of the reading stands for. */
  span(start: number, end: number): { readonly start: number; readonly end: number }
}

const same: Reading['span'] = (start, end) => ({ start, end })

/** As it stands, with its letters moved by thirteen, and from its end. Encodings and escapes are undone elsewhere. */
export function readingsOf(text: string): readonly Reading[] {
  const { length } = text
  return [
    { name: 'plain', text, span: same },
    { name: 'rot13', text: rot13(text), span: same },
    { name: 'reversed', text: reversed(text), span: (start, end) => ({ start: length - end, end: length - start }) },
  ]
}

function rot13(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) => {
    const unit = letter.charCodeAt(0)
    return String.fromCharCode((unit & 0x1f) > 13 ? unit - 13 : unit + 13)
  })
}

/** By UTF-16 units, as code that reverses a string has it. */
function reversed(text: string): string {
  return text.split('').reverse().join('')
}
