const colours = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined

const style = (code: number) => (text: string) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text)

export const bold: (text: string) => string = style(1)
export const dim: (text: string) => string = style(2)
export const green: (text: string) => string = style(32)
export const yellow: (text: string) => string = style(33)

/** The next step of the demonstration. */
export function heading(number: number, text: string): void {
  console.log(`\n${bold(`${number}. ${text}`)}`)
}

/** One thing that happened in it. */
export function line(label: string, text: string): void {
  console.log(`   ${label.padEnd(10)} ${text}`)
}
