/** `blank` lines, brackets alone and comments say nothing either way; a `weak` one is code among code. */
export type LineSort = 'code' | 'weak' | 'blank' | 'other'

/** Data and documents, whatever signs they hold: JSON, YAML, tables, lists, log lines, mark-up. */
const document =
  /^(?:"[^"]{0,200}"\s?:|[-*+]\s(?![^;{}]{0,200}[;{}]$)|\||\d{4}-\d\d-\d\d|\[?\d\d:\d\d|<\/?[a-z][^>]{0,400}>?|>|#{1,6}\s[A-Z])/i
const blank = /^(?:[\s{}()[\];,]*|(?:\/\/|\/\*|\*|#\s|--\s).{0,4096})$/

/** Begin a statement or declaration in one language or another. */
const opening =
  /^(?:(?:export|public|private|protected|internal|static|final|abstract|async|inline|extern|override|pub|unsafe|virtual|default) )*(?:import|from|package|using|use|#include|const|let|var|val|function|func|fn|fun|def|class|interface|struct|enum|trait|impl|type|module|namespace|return|if|else|elif|for|foreach|while|switch|case|match|try|catch|finally|except|throw|raise|await|yield|new|template|typedef|void|int|char|bool|boolean|float|double|string|String|SELECT|INSERT|UPDATE|CREATE)\b/
const ending = /(?:[;{}]|=>|\)\s?:|[({[,]|&&|\|\||\\)$/
const signs = /=>|->|::|===?|!==?|&&|\|\||[+*/-]=|<<|\w\(|\w\.\w+\(|\w\[[\w'"]|\s=\s|\$\{|\)\.|^@\w|^\}|\w;$/g

/** What a line looks like by features that most languages share. Two of them make it code, one of them weak code. */
export function sortOfLine(text: string): LineSort {
  const line = text.trim().slice(0, 400)
  if (blank.test(line)) return 'blank'
  if (document.test(line)) return 'other'
  const marks = (line.match(signs) ?? []).length
  const features = Number(opening.test(line)) + Number(ending.test(line)) + Number(marks > 0) + Number(marks > 2)
  return features >= 2 ? 'code' : features === 1 ? 'weak' : 'other'
}
