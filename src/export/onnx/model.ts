/** A model as the bytes of an ONNX file: https://github.com/onnx/onnx/blob/main/docs/IR.md. */

import { create, toBinary } from '@bufbuild/protobuf';
import { type GraphProto, ModelProtoSchema, Version } from 'onnx-buf';
import packageFacts from '../../../package.json' with { type: 'json' };
import { namedTensors } from '../../huggingFace/tensors.ts';
import { NORM_EPSILON, ROTARY_BASE } from '../../model/llama/config.ts';
import type { ExportedModel } from '../model.ts';
import { decoderGraph } from './decoder.ts';
import { OnnxTooLargeError } from './error.ts';

/** The first with every operator that is used here as it is used; old enough for every runtime in use. */
const OPSET = 17;
const IR_VERSION = Version.IR_VERSION_2021_7_30;

/** Protocol Buffers hold at most 2 GiB − 1; the graph around the weights and the tables stays far below the rest. */
const WEIGHT_LIMIT_BYTES = 2 ** 31 - 16 * 2 ** 20;

/**
 * The ONNX file of a model: tokens to logits in float32, any batch and length up to the model's context. With `cache`, keys and
 * values of the tokens before go in, and all go out. Inputs and outputs are named as in Optimum's decoder exports.
 * @throws OnnxTooLargeError
 */
export function onnxModel(
  { config, table, parameters, name }: Pick<ExportedModel, 'config' | 'table' | 'parameters' | 'name'>,
  { cache }: { readonly cache: boolean },
): Uint8Array<ArrayBuffer> {
  // The embedding is one tensor, tied or not.
  const bytes = table.tensors.reduce((sum, { rows, columns }) => sum + rows * columns * 4, 0);
  if (bytes > WEIGHT_LIMIT_BYTES) throw new OnnxTooLargeError(bytes);
  const graph = decoderGraph(config, namedTensors(table, parameters), cache);
  return onnxFile(
    graph,
    `${name}: a Llama of ${table.counts.total.toLocaleString('en')} parameters, ${cache ? 'with' : 'without'} a cache of keys and values. ` +
      `Context ${config.context} tokens, RMSNorm epsilon ${NORM_EPSILON}, rotary base ${ROTARY_BASE}.`,
  );
}

/** The file of any graph of operators of {@link OPSET}; `words` say what it is. */
export function onnxFile(graph: GraphProto, words: string): Uint8Array<ArrayBuffer> {
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: BigInt(IR_VERSION),
      opsetImport: [{ domain: '', version: BigInt(OPSET) }],
      producerName: 'm3lab',
      producerVersion: packageFacts.version,
      docString: words,
      graph,
    }),
  );
}
