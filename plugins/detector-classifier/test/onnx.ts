/**
 * As much of the ONNX format as a model of some hundred bytes needs, written by hand: protocol buffers as `onnx.proto3` of
 * github.com/onnx/onnx numbers their fields.
 */
type Field = readonly [number: number, value: number | string | Uint8Array]

export interface TinyNode {
  readonly op: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /** Whole numbers alone. */
  readonly attributes?: Readonly<Record<string, number>>
}

export interface TinyTensor {
  readonly name: string
  readonly dims: readonly number[]
  readonly values: Float32Array | BigInt64Array
}

/** An input or output: a word is a dimension of any size. */
export interface TinyValue {
  readonly name: string
  readonly type: 'float' | 'int64'
  readonly dims: readonly (number | string)[]
}

export interface TinyGraph {
  readonly nodes: readonly TinyNode[]
  readonly tensors: readonly TinyTensor[]
  readonly inputs: readonly TinyValue[]
  readonly outputs: readonly TinyValue[]
}

/** The bytes of a model file. */
export function onnxModel(graph: TinyGraph): Uint8Array {
  const body = message([
    ...graph.nodes.map((node): Field => [1, nodeOf(node)]),
    [2, 'tiny'],
    ...graph.tensors.map((tensor): Field => [5, tensorOf(tensor)]),
    ...graph.inputs.map((value): Field => [11, typedValueOf(value)]),
    ...graph.outputs.map((value): Field => [12, typedValueOf(value)]),
  ])
  return message([
    [1, 8],
    [7, body],
    [8, message([[2, 13]])],
  ])
}

function nodeOf({ op, inputs, outputs, attributes = {} }: TinyNode): Uint8Array {
  const asFields = Object.entries(attributes).map(
    ([name, value]): Field => [
      5,
      message([
        [1, name],
        [3, value],
        [20, 2],
      ]),
    ],
  )
  return message([
    ...inputs.map((name): Field => [1, name]),
    ...outputs.map((name): Field => [2, name]),
    [4, op],
    ...asFields,
  ])
}

function tensorOf({ name, dims, values }: TinyTensor): Uint8Array {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  return message([
    ...dims.map((dim): Field => [1, dim]),
    [2, elementType(values instanceof Float32Array ? 'float' : 'int64')],
    [8, name],
    [9, raw],
  ])
}

function typedValueOf({ name, type, dims }: TinyValue): Uint8Array {
  const shape = message(dims.map((dim): Field => [1, message([[typeof dim === 'string' ? 2 : 1, dim]])]))
  const tensor = message([
    [1, elementType(type)],
    [2, shape],
  ])
  return message([
    [1, name],
    [2, message([[1, tensor]])],
  ])
}

function elementType(type: TinyValue['type']): number {
  return type === 'float' ? 1 : 7
}

function message(fields: readonly Field[]): Uint8Array {
  return Uint8Array.from(fields.flatMap(([number, value]) => fieldBytes(number, value)))
}

function fieldBytes(number: number, value: Field[1]): readonly number[] {
  if (typeof value === 'number') return [...varint(number * 8), ...varint(value)]
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value
  return [...varint(number * 8 + 2), ...varint(bytes.length), ...bytes]
}

function varint(value: number): readonly number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]
}
