/** A model as folders that others read: those of Hugging Face's transformers, and those of ONNX Runtime and transformers.js. */

import { EXPORT_NOTE_FILE, exportNote } from '../formats/exportNote.ts';
import type { Parity } from '../formats/parity.ts';
import { huggingFaceConfig } from '../huggingFace/config.ts';
import { writeSafetensors } from '../huggingFace/safetensors.ts';
import { namedTensors } from '../huggingFace/tensors.ts';
import { modelCard } from './card/modelCard.ts';
import { CACHED_ONNX_FILE, type ExportFormat, PLAIN_ONNX_FILE } from './formats.ts';
import type { ExportedModel } from './model.ts';
import { onnxModel } from './onnx/model.ts';
import { tokenizerConfig } from './tokenizerConfig.ts';

/** Path in the folder, with `/`, → bytes; in the order in which they are written. */
export type FolderFiles = ReadonlyMap<string, Uint8Array>;

/** The ONNX models of one model: without a KV cache, and with one. */
export type OnnxFiles = { readonly plain: Uint8Array; readonly cached: Uint8Array };

/** Both ONNX models. Takes a copy of the weights for each. */
export function onnxFiles(model: ExportedModel): OnnxFiles {
  const { plain, cached } = lazyOnnxFiles(model);
  return { plain: plain(), cached: cached() };
}

/** The same, each made when it is asked for. */
export function lazyOnnxFiles(model: ExportedModel): {
  readonly [File in keyof OnnxFiles]: () => Uint8Array;
} {
  return {
    plain: () => onnxModel(model, { cache: false }),
    cached: () => onnxModel(model, { cache: true }),
  };
}

/**
 * A folder for `from_pretrained` of transformers, which comes back into the lab with its name and its record. `parity` is what ONNX Runtime made of the
 * model; null where nobody has asked.
 */
export function huggingFaceFolder(model: ExportedModel, parity: Parity | null): FolderFiles {
  const { table, parameters } = model;
  return new Map([
    ...describingFiles(model, 'hf', parity, {}),
    [EXPORT_NOTE_FILE, jsonBytes(exportNote(model))],
    // `format` is what transformers asks of a file before it loads it.
    ['model.safetensors', writeSafetensors(namedTensors(table, parameters), { format: 'pt' })],
  ]);
}

/** A folder for ONNX Runtime and transformers.js; `onnx` where the models were made before, for a check say. */
export function onnxFolder(
  model: ExportedModel,
  parity: Parity | null,
  onnx: OnnxFiles = onnxFiles(model),
): FolderFiles {
  // In a browser transformers.js looks for a quantised model unless it is told.
  const config = { 'transformers.js_config': { dtype: 'fp32' } };
  return new Map([
    ...describingFiles(model, 'onnx', parity, config),
    [CACHED_ONNX_FILE, onnx.cached],
    [PLAIN_ONNX_FILE, onnx.plain],
  ]);
}

/** The folder of a format. */
export function exportedFolder(
  model: ExportedModel,
  format: ExportFormat,
  parity: Parity | null,
  onnx?: OnnxFiles,
): FolderFiles {
  return format === 'hf' ? huggingFaceFolder(model, parity) : onnxFolder(model, parity, onnx);
}

function describingFiles(
  model: ExportedModel,
  format: ExportFormat,
  parity: Parity | null,
  config: object,
): [string, Uint8Array][] {
  const { endOfDocument } = model.tokenizer;
  return [
    ['README.md', new TextEncoder().encode(modelCard(model, format, parity))],
    ['config.json', jsonBytes({ ...huggingFaceConfig(model.config, endOfDocument), ...config })],
    ['generation_config.json', jsonBytes(generationConfig(model))],
    ['tokenizer.json', jsonBytes(model.tokenizer.file())],
    ['tokenizer_config.json', jsonBytes(tokenizerConfig(model.tokenizer, model.config.context))],
  ];
}

/** The value of `generation_config.json`. Source of the fields: transformers, `GenerationConfig`. */
function generationConfig({ config, tokenizer: { endOfDocument } }: ExportedModel): Record<string, unknown> {
  return {
    bos_token_id: endOfDocument,
    eos_token_id: endOfDocument,
    pad_token_id: endOfDocument,
    // Beyond it there are positions that the model has never seen.
    max_length: config.context,
  };
}

function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}
