import type { ToolCall } from '../protocol/view.ts'

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

  /** It was judged and given as it stands. */
  text(text: string): void {
    if (this.texts.has(text)) return
    if (this.chars + text.length > this.maxChars) this.forget()
    if (text.length > this.maxChars) return
    this.texts.add(text)
    this.chars += text.length
  }

  hasText(text: string): boolean {
    return this.texts.has(text)
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

function keyOf({ callId, name, inputText }: ToolCall): string {
  return JSON.stringify([callId, name, inputText])
}
