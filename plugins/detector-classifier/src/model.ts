import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Tokenizer } from '@huggingface/tokenizers'
import type * as Ort from 'onnxruntime-web'
import type { ScoredWindow, WorkerSetup } from './messages.ts'
import { type Encoder, type TokenWindow, windowsOf } from './windows.ts'

export interface Model {
  readonly labels: readonly string[]
  /** Stops between two batches once `isWanted` says no. */
  classify(text: string, isWanted: () => Promise<boolean>): Promise<readonly ScoredWindow[]>
}

interface Config {
  readonly id2label?: Readonly<Record<string, string>>
  readonly pad_token_id?: number | null
  readonly problem_type?: string | null
}

/** Reads the model's folder. Rejects with what is wrong with it, in words for the person who configured it. */
export async function loadModel(setup: WorkerSetup): Promise<Model> {
  const config: Config = JSON.parse(await read(setup, 'config.json'))
  const labels = labelsOf(config)
  const encoder = encoderOf(JSON.parse(await read(setup, 'tokenizer.json')), await tokenizerConfig(setup))
  const ort = await runtimeOf(setup)
  const bytes = await readFile(join(setup.folder, setup.file)).catch(() => {
    throw new Error(`${setup.file} cannot be read in ${setup.folder}`)
  })
  const session = await ort.InferenceSession.create(bytes, { intraOpNumThreads: 1 }).catch((cause: unknown) => {
    throw new Error(`${setup.file} is no model that ${setup.runtime} can run: ${String(cause)}`)
  })
  const isMultiLabel = config.problem_type === 'multi_label_classification' || labels.length === 1
  return {
    labels,
    async classify(text, isWanted) {
      const scored: ScoredWindow[] = []
      const windows = windowsOf(text, encoder, setup.maxTokens, setup.overlapTokens)
      for (let batch = take(windows, setup.batch); batch.length > 0; batch = take(windows, setup.batch)) {
        const logits = await run(ort, session, batch, config.pad_token_id ?? 0)
        if (logits.length !== batch.length * labels.length) {
          throw new Error(`${labels.length} labels are named, but the model gives ${logits.length / batch.length}`)
        }
        for (const [at, { start, end }] of batch.entries()) {
          const own = logits.slice(at * labels.length, (at + 1) * labels.length)
          scored.push({ start, end, scores: isMultiLabel ? own.map(sigmoid) : softmax(own) })
        }
        if (!(await isWanted())) return []
      }
      return scored
    },
  }
}

async function read({ folder }: WorkerSetup, name: string): Promise<string> {
  return await readFile(join(folder, name), 'utf8').catch(() => {
    throw new Error(`${name} cannot be read in ${folder}`)
  })
}

/** What it adds to `tokenizer.json` is of no weight here, and some models have none. */
async function tokenizerConfig(setup: WorkerSetup): Promise<object> {
  return JSON.parse(await read(setup, 'tokenizer_config.json').catch(() => '{}'))
}

function labelsOf({ id2label = {} }: Config): readonly string[] {
  const labels = Object.keys(id2label).map((_, id) => id2label[String(id)])
  const named = labels.filter((label) => label !== undefined)
  if (named.length === 0 || named.length < labels.length) throw new Error('config.json has no id2label from 0 on')
  return named
}

function encoderOf(json: object, config: object): Encoder {
  const tokenizer = new Tokenizer(json, config)
  return {
    encode: (text) => tokenizer.encode(text).ids,
    count: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids.length,
  }
}

async function runtimeOf({ runtime }: WorkerSetup): Promise<typeof Ort> {
  const ort: typeof Ort = await import(runtime).catch((cause: unknown) => {
    throw new Error(`install ${runtime} beside the gateway to run models (${String(cause)})`)
  })
  // Threads of its own would outlive the worker that asked for them.
  if (runtime === 'onnxruntime-web') ort.env.wasm.numThreads = 1
  return ort
}

function take(windows: Iterator<TokenWindow>, count: number): readonly TokenWindow[] {
  const taken: TokenWindow[] = []
  while (taken.length < count) {
    const next = windows.next()
    if (next.done === true) break
    taken.push(next.value)
  }
  return taken
}

async function run(
  ort: typeof Ort,
  session: Ort.InferenceSession,
  batch: readonly TokenWindow[],
  padding: number,
): Promise<readonly number[]> {
  const length = Math.max(...batch.map(({ ids }) => ids.length))
  const tensor = (of: (id: number | undefined) => number) => {
    const values = batch.flatMap(({ ids }) => Array.from({ length }, (_, at) => BigInt(of(ids[at]))))
    return new ort.Tensor('int64', BigInt64Array.from(values), [batch.length, length])
  }
  const feeds: Record<string, Ort.Tensor> = {}
  for (const name of session.inputNames) {
    if (name === 'input_ids') feeds[name] = tensor((id) => id ?? padding)
    else if (name === 'attention_mask') feeds[name] = tensor((id) => Number(id !== undefined))
    else if (name === 'token_type_ids') feeds[name] = tensor(() => 0)
    else throw new Error(`the model wants an input '${name}', which no sequence classifier has`)
  }
  const outputs = await session.run(feeds)
  const logits = outputs['logits'] ?? outputs[session.outputNames[0] ?? '']
  if (logits === undefined || logits.type !== 'float32') throw new Error('the model gives no logits of 32-bit floats')
  return Array.from(logits.data as Float32Array) // What the type says.
}

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit))

function softmax(logits: readonly number[]): readonly number[] {
  const most = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - most))
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => power / sum)
}
