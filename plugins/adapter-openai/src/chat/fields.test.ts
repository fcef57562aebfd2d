import { expect, test } from 'bun:test'
import { fieldProblem } from '../../test/core-inside.ts'
import { BATCH, CHAT, COMPLETION, EMBEDDING, MODERATION } from '../../test/requests.ts'
import { batchesCreate } from '../operations/batches-create.ts'
import { chatCompletions } from '../operations/chat-completions.ts'
import { completions } from '../operations/completions.ts'
import { embeddings } from '../operations/embeddings.ts'
import { moderations } from '../operations/moderations.ts'

test('what the provider takes is taken', () => {
  expect(fieldProblem(chatCompletions, CHAT)).toBeUndefined()
  expect(fieldProblem(completions, COMPLETION)).toBeUndefined()
  expect(fieldProblem(completions, { model: 'm', prompt: [[1, 2]] })).toBeUndefined()
  expect(fieldProblem(embeddings, EMBEDDING)).toBeUndefined()
  expect(fieldProblem(moderations, MODERATION)).toBeUndefined()
  expect(fieldProblem(moderations, { input: 'x' })).toBeUndefined()
  expect(fieldProblem(batchesCreate, BATCH)).toBeUndefined()
})

test('members that no reading hangs on may be of any type', () => {
  expect(fieldProblem(chatCompletions, { ...CHAT, temperature: '0.5', metadata: null, stop: 'x' })).toBeUndefined()
})

test('a member that is read has its type, and no other spelling', () => {
  const problems = [
    { stream: 'true' },
    { messages: { 0: { role: 'user', content: 'x' } } },
    { messages: [{ role: 'user', content: { text: 'x' } }] },
    { messages: [{ role: 1, content: 'x' }] },
    { messages: [{ role: 'user', content: [{ type: 'text', text: ['x'] }] }] },
    { messages: [{ role: 'user', Content: 'x' }] },
    { Model: 'm' },
    { 'me\u017f\u017fages': [] },
    { model: ['m'] },
    { tools: { 0: {} } },
    { tools: [{ type: 'function', function: { name: ['x'] } }] },
    { tool_choice: [] },
    { functions: 'x' },
    { prediction: { content: 5 } },
  ]
  for (const problem of problems) expect(fieldProblem(chatCompletions, problem)).toBeString()
})
