import type { NamedText, ToolCall } from '../protocol/view.ts'

const maxCalls = 4096
const maxNames = 4096

/** What has passed in a session: servers say the same again, in one message after the other. */
export class Known {
  /** Tools whose definitions went upstream. */
  readonly tools: Set<string> = new Set()
  private readonly texts: Set<string> = new Set()
  private chars = 0
  private readonly calls: Map<string, 'passed' | 'denied'> = new Map()
  private readonly maxChars: number

  constructor(maxChars: number) {
    this.maxChars = maxChars
  }

  declare(name: string): void {
    // Past the bound a call to the tool counts as one to a tool that was not declared.
    if (this.tools.size < maxNames) this.tools.add(name)
  }

  /** It was judged and given as it stands. The same words in another role are another text: detectors and rules tell them apart. */
  text(named: NamedText): void {
    const key = textKey(named)
    if (this.texts.has(key)) return
    if (this.chars + key.length > this.maxChars) this.forget()
    if (key.length > this.maxChars) return
    this.texts.add(key)
    this.chars += key.length
  }

  hasText(named: NamedText): boolean {
    return this.texts.has(textKey(named))
  }

  call(call: ToolCall, verdict: 'passed' | 'denied'): void {
    const [oldest] = this.calls.keys()
    if (this.calls.size >= maxCalls && oldest !== undefined) this.calls.delete(oldest)
    this.calls.set(keyOf(call), verdict)
  }

  verdictOn(call: ToolCall): 'passed' | 'denied' | undefined {
    return this.calls.get(keyOf(call))
  }

  /** What is forgotten is judged again. */
  private forget(): void {
    this.texts.clear()
    this.chars = 0
  }
}

function textKey({ kind, tool, text }: NamedText): string {
  // A call's arguments are its own: another call with the same is another deed.
  return `${kind} ${JSON.stringify([tool?.name, kind === 'tool-arguments' ? tool?.callId : undefined])} ${text}`
}

function keyOf({ callId, name, inputText }: ToolCall): string {
  return JSON.stringify([callId, name, inputText])
}
