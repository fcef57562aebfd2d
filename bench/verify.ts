import { streamedContent, streamFrames, wholeAnswer, wholeContent } from './answers.ts'
import type { Case } from './cases.ts'
import type { System } from './systems.ts'

/** Throws unless the system answers the case with 200 and what the upstream said: to the byte, or in content. */
export async function verify(
  system: System,
  { id, body, streamed }: Case,
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const response = await fetch(url, { method: 'POST', headers, body })
  const text = await response.text()
  const where = `${system.id} answered ${id}`
  if (response.status !== 200) throw new Error(`${where} with ${response.status}: ${text.slice(0, 300)}`)
  const same = system.transparent
    ? text === (streamed ? streamFrames.join('') : wholeAnswer)
    : contentOf(text, streamed) === (streamed ? streamedContent : wholeContent)
  if (!same) throw new Error(`${where} with something else than the upstream's answer: ${text.slice(0, 300)}`)
}

function contentOf(text: string, streamed: boolean): string {
  if (!streamed) return JSON.parse(text).choices[0].message.content
  const frames = text.split('\n').filter((line) => line.startsWith('data: {'))
  return frames.map((line) => JSON.parse(line.slice(6)).choices[0]?.delta.content ?? '').join('')
}
