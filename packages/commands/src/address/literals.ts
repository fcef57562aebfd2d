/** Lower case. Without one of them `judgeAddresses` finds nothing. */
export const addressLiterals: readonly string[] = [
  '.',
  ':',
  '%',
  '2852039166',
  '0xa9fea9fe',
  '\u3002',
  '\uff0e',
  '\uff61',
  '\uff1a',
]
