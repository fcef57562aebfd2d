import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onnxModel } from './onnx.ts'

const words = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'ignore', 'previous', 'hello', 'world', '##s', 'secret']

/** Adds up a weight for each token: `ignore` says INJECTION, `secret` LEAK, nothing BENIGN. */
export function writeTinyModel(
  folder: string,
  changes: { readonly config?: object; readonly tokenizer?: 'WordPiece' | 'Unigram' } = {},
): void {
  mkdirSync(folder, { recursive: true })
  const weights = words.flatMap((word) => [
    word === '[CLS]' ? 4 : 0,
    word === 'ignore' ? 9 : 0,
    word === 'secret' ? 9 : 0,
  ])
  const model = onnxModel({
    nodes: [
      { op: 'Gather', inputs: ['weights', 'input_ids'], outputs: ['each'] },
      { op: 'Cast', inputs: ['attention_mask'], outputs: ['mask'], attributes: { to: 1 } },
      { op: 'Unsqueeze', inputs: ['mask', 'last'], outputs: ['column'] },
      { op: 'Mul', inputs: ['each', 'column'], outputs: ['kept'] },
      { op: 'ReduceSum', inputs: ['kept', 'middle'], outputs: ['logits'], attributes: { keepdims: 0 } },
    ],
    tensors: [
      { name: 'weights', dims: [words.length, 3], values: Float32Array.from(weights) },
      { name: 'last', dims: [1], values: BigInt64Array.of(2n) },
      { name: 'middle', dims: [1], values: BigInt64Array.of(1n) },
    ],
    inputs: [
      { name: 'input_ids', type: 'int64', dims: ['batch', 'length'] },
      { name: 'attention_mask', type: 'int64', dims: ['batch', 'length'] },
    ],
    outputs: [{ name: 'logits', type: 'float', dims: ['batch', 3] }],
  })
  writeFileSync(join(folder, 'model.onnx'), model)
  const config = { id2label: { 0: 'BENIGN', 1: 'INJECTION', 2: 'LEAK' }, pad_token_id: 0, ...changes.config }
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config))
  writeFileSync(
    join(folder, 'tokenizer.json'),
    JSON.stringify(changes.tokenizer === 'Unigram' ? unigramTokenizer() : wordPieceTokenizer()),
  )
  writeFileSync(join(folder, 'tokenizer_config.json'), JSON.stringify({ tokenizer_class: 'BertTokenizer' }))
}

function wordPieceTokenizer(): object {
  const special = [0, 1, 2, 3].map((id) => ({ id, content: words[id], special: true }))
  return {
    version: '1.0',
    added_tokens: special,
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: { type: 'BertProcessing', sep: ['[SEP]', 3], cls: ['[CLS]', 2] },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(words.map((word, id) => [word, id])),
    },
  }
}

/** As those of DeBERTa-v3 and mDeBERTa are made: spaces become part of the words. */
function unigramTokenizer(): object {
  const special = [0, 1, 2, 3].map((id) => ({ id, content: words[id], special: true }))
  const [cls, sep] = ['[CLS]', '[SEP]'].map((id) => ({ SpecialToken: { id, type_id: 0 } }))
  return {
    version: '1.0',
    added_tokens: special,
    normalizer: { type: 'Sequence', normalizers: [{ type: 'NFKC' }, { type: 'Lowercase' }] },
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [cls, { Sequence: { id: 'A', type_id: 0 } }, sep],
      pair: [],
      special_tokens: {
        '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] },
        '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] },
      },
    },
    decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' },
    model: {
      type: 'Unigram',
      unk_id: 1,
      vocab: words.map((word, id) => [id < 4 ? word : `▁${word}`, id < 4 ? 0 : -1]),
    },
  }
}
