/** What is known of the variables of a text. Values are cut at 512 units so that they cannot double without end. */
export class Variables {
  readonly #values = new Map<string, string>([
    ['IFS', ' '],
    ['SHELL', '/bin/sh'],
    ['HOME', '~'],
    ['0', 'sh'],
  ])

  set(name: string, value: string): void {
    if (this.#values.size < 256) this.#values.set(name, value.slice(0, 512))
  }

  get(name: string): string | undefined {
    return this.#values.get(name)
  }
}
