/**
 * The page "OpenAI Integration" that this product makes true, sentence by sentence, in its order, with the product's own
 * name. Each has a test that is called by it: `every-sentence.test.ts` sees to that.
 */
export const sentences = [
  'Route your OpenAI API traffic through Sluice for runtime enforcement.',
  'SDK Configuration: Python',
  'SDK Configuration: Node.js',
  'SDK Configuration: curl',
  '/v1/chat/completions | POST | Chat completions (GPT-4, GPT-3.5, o1, o3, o4)',
  '/v1/completions | POST | Text completions (legacy)',
  '/v1/embeddings | POST | Text embeddings',
  '/v1/moderations | POST | Content moderation',
  '/v1/audio/transcriptions | POST | Audio transcription (Whisper)',
  '/v1/audio/translations | POST | Audio translation',
  '/v1/models | GET | List available models',
  '/v1/batches | POST | Batch API',
  'All request and response formats match the OpenAI API exactly.',
  'Sluice is a transparent proxy — your existing code works unchanged.',
  'Streaming works out of the box.',
  'Sluice forwards content chunks to your application in real time.',
  'for chunk in stream: print(chunk.choices[0].delta.content or "", end="")',
  'Content chunks (delta.content) are forwarded to your application immediately as they arrive from OpenAI.',
  'Egress detection runs on the accumulated full response after the stream completes.',
  "If a policy violation is detected in the response, enforcement is applied after accumulation (e.g. the violation is logged or the actor's trust score is adjusted).",
  'Ingress detection on your prompt messages runs before the request is forwarded to OpenAI.',
  'If a policy blocks the input, OpenAI is never called and you receive a block response immediately.',
  'OpenAI function calling and tool use works through the proxy.',
  'Sluice inspects tool definitions in your request and tool calls in the response.',
  'Request side: Sluice reads the tools[] array in your request.',
  'If a policy blocks specific tools (e.g. shell execution, database writes), those tools are filtered from the request before it reaches OpenAI.',
  'Response side: Sluice extracts tool_calls[] from the response (choices[0].message.tool_calls).',
  "Each tool call's function.name and function.arguments are inspected against detection rules.",
  'Streaming: During streaming, tool call chunks (delta.tool_calls) are accumulated.',
  'Detection runs on the complete tool call after the stream finishes.',
  'Embeddings requests are proxied through the same enforcement pipeline.',
  'Ingress detection runs on the input text.',
  "Streaming is not supported for embeddings (this matches OpenAI's behavior).",
  'If your AppContext is configured with an allowed models list, only those models can be used through the proxy.',
  'Requesting a model not in the list returns a 403 error:',
  'If no allowed models list is configured, all models are permitted.',
  "When Sluice blocks a request (ingress policy violation), the response format matches OpenAI's structure but with enforcement content:",
  'Non-streaming: {"choices": [{"message": {"role": "assistant", "content": "Content blocked due to policy violations"}, "finish_reason": "content_filter"}]}',
  'Streaming: data: {"blocked":true,"message":"Content blocked due to policy violations"}',
  'Your application can check for finish_reason: "content_filter" to detect enforcement blocks programmatically.',
  'X-Detection-Key | Yes | Your Sluice detection key',
  'Authorization | Yes | Bearer sk-... (your OpenAI API key)',
  'Content-Type | Yes | application/json',
  'All other headers are passed through to OpenAI unchanged.',
  'Error Handling — Handle Sluice-specific errors in your application',
  'Understanding Detections — What Sluice scans for',
  'API Reference — Full endpoint reference',
] as const

export type Sentence = (typeof sentences)[number]

/** The name of a test: a sentence of the page, and what of it the test is about. */
export function says(sentence: Sentence, about?: string): string {
  return about === undefined ? sentence : `${sentence} — ${about}`
}
