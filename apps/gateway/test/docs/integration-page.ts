/** The examples of the integration page that this product makes true, with Sluice's own address. Indentation is free. */
export const examples: Readonly<Record<string, string>> = {
  'SDK Configuration: Python': `
from openai import OpenAI
client = OpenAI(
api_key="sk-your-openai-key",
base_url="http://127.0.0.1:8787/v1",
default_headers={
"X-Detection-Key": "detect_live_your_key_here"
}
)`,
  'SDK Configuration: Node.js': `
import OpenAI from 'openai';
const client = new OpenAI({
apiKey: 'sk-your-openai-key',
baseURL: 'http://127.0.0.1:8787/v1',
defaultHeaders: {
'X-Detection-Key': 'detect_live_your_key_here'
}
});`,
  'SDK Configuration: curl': `
curl http://127.0.0.1:8787/v1/chat/completions \\
-H "Content-Type: application/json" \\
-H "Authorization: Bearer sk-your-openai-key" \\
-H "X-Detection-Key: detect_live_your_key_here" \\
-d '{
"model": "gpt-4",
"messages": [{"role": "user", "content": "Hello"}]
}'`,
  Streaming: `
stream = client.chat.completions.create(
model="gpt-4",
messages=[{"role": "user", "content": "Explain quantum computing"}],
stream=True
)
for chunk in stream:
print(chunk.choices[0].delta.content or "", end="")`,
  'Function / Tool Calling': `
response = client.chat.completions.create(
model="gpt-4",
messages=[{"role": "user", "content": "What's the weather in London?"}],
tools=[{
"type": "function",
"function": {
"name": "get_weather",
"description": "Get current weather for a city",
"parameters": {
"type": "object",
"properties": {
"city": {"type": "string"}
},
"required": ["city"]
}
}
}]
)`,
  Embeddings: `
response = client.embeddings.create(
model="text-embedding-3-small",
input="The quarterly revenue report shows..."
)`,
}

/** Code without what indentation and blank lines say. */
export function flat(code: string): string {
  return code
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}
