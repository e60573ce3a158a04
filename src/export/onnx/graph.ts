/** Building an ONNX graph, node by node, in the words of onnx.proto. */

import { create } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  type GraphProto,
  GraphProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProto_DataType,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from 'onnx-buf';

/** Of the inputs, outputs and casts that a decoder has. */
export type ElementType = 'float32' | 'int64' | 'bool';
/** A fixed size, or the name of one that each run chooses. */
export type Dimension = number | string;
/** Of a node: a whole number, several of them, or a type to cast to. */
export type Attribute = number | readonly number[] | ElementType;

const ELEMENT_TYPES: Readonly<Record<ElementType, TensorProto_DataType>> = {
  float32: TensorProto_DataType.FLOAT,
  int64: TensorProto_DataType.INT64,
  bool: TensorProto_DataType.BOOL,
};

/** Collects what a graph consists of. Every value has a name, by which nodes find it; nodes must come in the order of their running. */
export class GraphBuilder {
  readonly #nodes: NodeProto[] = [];
  readonly #constants = new Map<string, TensorProto>();
  readonly #inputs: ValueInfoProto[] = [];
  readonly #outputs: ValueInfoProto[] = [];

  input(name: string, type: ElementType, shape: readonly Dimension[]): string {
    this.#inputs.push(valueInfo(name, type, shape));
    return name;
  }

  /** Declares a value that some node gives as an output of the graph. */
  output(name: string, type: ElementType, shape: readonly Dimension[]): string {
    this.#outputs.push(valueInfo(name, type, shape));
    return name;
  }

  /** A constant; its bytes are those of `values`, which must not change until the graph is written. */
  floats(name: string, shape: readonly number[], values: Float32Array): string {
    return this.#constant(name, shape, TensorProto_DataType.FLOAT, values);
  }

  scalar(value: number): string {
    return this.floats(`constant ${value}`, [], Float32Array.of(value));
  }

  /** A vector of whole numbers. */
  wholes(...values: readonly number[]): string {
    const name = `constant [${values}]`;
    return this.#constant(name, [values.length], TensorProto_DataType.INT64, bigInts(values));
  }

  whole(value: number): string {
    return this.#constant(`constant int ${value}`, [], TensorProto_DataType.INT64, bigInts([value]));
  }

  /** Appends a node with one output, which bears its name. */
  node(
    operator: string,
    name: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    this.nodeOf(operator, name, inputs, [name], attributes);
    return name;
  }

  /** Appends a node with outputs of these names. */
  nodeOf(
    operator: string,
    name: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): void {
    this.#nodes.push(
      create(NodeProtoSchema, {
        opType: operator,
        name,
        input: [...inputs],
        output: [...outputs],
        attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
      }),
    );
  }

  build(name: string): GraphProto {
    return create(GraphProtoSchema, {
      name,
      node: this.#nodes,
      initializer: [...this.#constants.values()],
      input: this.#inputs,
      output: this.#outputs,
    });
  }

  #constant(
    name: string,
    shape: readonly number[],
    dataType: TensorProto_DataType,
    values: Float32Array | BigInt64Array,
  ): string {
    // Raw data is little-endian, as every machine that runs this.
    const rawData = new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
    this.#constants.set(
      name,
      create(TensorProtoSchema, { name, dims: shape.map(BigInt), dataType, rawData }),
    );
    return name;
  }
}

function bigInts(values: readonly number[]): BigInt64Array {
  return BigInt64Array.from(values, BigInt);
}

function valueInfo(name: string, type: ElementType, shape: readonly Dimension[]): ValueInfoProto {
  const dim = shape.map((size) =>
    create(TensorShapeProto_DimensionSchema, {
      value:
        typeof size === 'number'
          ? { case: 'dimValue', value: BigInt(size) }
          : { case: 'dimParam', value: size },
    }),
  );
  const tensor = create(TypeProto_TensorSchema, {
    elemType: ELEMENT_TYPES[type],
    shape: create(TensorShapeProtoSchema, { dim }),
  });
  return create(ValueInfoProtoSchema, {
    name,
    type: create(TypeProtoSchema, { value: { case: 'tensorType', value: tensor } }),
  });
}

function attribute(name: string, value: Attribute): AttributeProto {
  if (typeof value === 'object') {
    return create(AttributeProtoSchema, {
      name,
      type: AttributeProto_AttributeType.INTS,
      ints: value.map(BigInt),
    });
  }
  const whole = typeof value === 'string' ? ELEMENT_TYPES[value] : value;
  return create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.INT, i: BigInt(whole) });
}
