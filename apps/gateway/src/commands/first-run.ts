import { chmodSync, writeFileSync } from 'node:fs'
import { isAbsolute, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { SluiceError } from '@sluice/core'
import { readConfig } from '../config/read.ts'
import type { Environment } from '../config/secrets.ts'
import type { CommandContext } from './context.ts'
import { demoApp, demoConfig } from './demo-config.ts'
import { newDetectionKey } from './detection-key.ts'
import { openStoreOf } from './open-store.ts'

const schemaFile = fileURLToPath(new URL('../../sluice.schema.json', import.meta.url))

/** Writes the demonstration's configuration, readable by its owner alone. Answers its path. */
export function writeDemoConfig(folder: string): string {
  const file = join(folder, 'sluice.yaml')
  const path = relative(folder, schemaFile)
  // Editors read a relative path from the file's folder; out of another tree only a URL says where the schema is.
  const schema = path.startsWith('..') || isAbsolute(path) ? pathToFileURL(schemaFile).href : `./${path}`
  try {
    writeFileSync(file, demoConfig(schema), { flag: 'wx', mode: 0o600 })
    chmodSync(file, 0o600)
  } catch (cause) {
    throw new SluiceError(
      'SLUICE_CONFIG_NOT_FOUND',
      `there is no configuration in ${folder}, and none can be written there: name one with --config`,
      { cause },
    )
  }
  return file
}

/** Makes the demonstration's key. Seen by a gateway that runs within 250 ms. */
export async function createDemoKey(file: string, context: CommandContext): Promise<string> {
  const store = await openStoreOf(await readConfig(file), context, 'read-write')
  try {
    const { key, record } = newDetectionKey({ app: demoApp, name: 'first start' })
    await store.instance.keys.create(record)
    return key
  } finally {
    await store.release()
  }
}

/** Shown on a terminal, once: this holds the key. The lines run as they stand, with a provider key in OPENAI_API_KEY. */
export function welcome(url: string, key: string, sluice: string): string {
  return `
Your detection key, shown this once:

  ${key}

curl:

curl ${url}/v1/chat/completions \\
  -H "Content-Type: application/json" \\
  -H "Authorization: Bearer $OPENAI_API_KEY" \\
  -H "X-Detection-Key: ${key}" \\
  -d '{"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Hello"}]}'

Python:

from openai import OpenAI
client = OpenAI(base_url="${url}/v1", default_headers={"X-Detection-Key": "${key}"})
print(client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": "Hello"}]).choices[0].message.content)

Node.js:

import OpenAI from 'openai'
const client = new OpenAI({ baseURL: '${url}/v1', defaultHeaders: { 'X-Detection-Key': '${key}' } })
console.log((await client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }] })).choices[0].message.content)

What passed: \`${sluice} audit\`. What is detected and enforced: sluice.yaml.
`
}

/** Said where there is no terminal: there a key would end in a log. */
export function keyHint(sluice: string): string {
  return `No key was made: standard error is no terminal. Make one with \`${sluice} keys create --app ${demoApp} --name NAME\`, which prints it on standard output.`
}

/** How people call this command here: a script of the repository, or the program itself. */
export function ownName(environment: Environment): string {
  return environment['npm_lifecycle_event'] === undefined ? 'sluice' : 'bun run sluice'
}
