/** The tensors of a `LlamaForCausalLM` by their names, from an arena and into one. */

import { type Parameter, type ParameterTable, readTensor, writeTensor } from '../model/llama/parameters.ts';
import { HuggingFaceError } from './error.ts';
import type { SafetensorsHeader } from './header.ts';
import type { NamedTensor, Safetensors } from './safetensors.ts';

/** The tensors of an arena under their Hugging Face names, without padding; `prefix` goes before each name. */
export function namedTensors(table: ParameterTable, arena: Float32Array, prefix = ''): NamedTensor[] {
  return table.tensors.map((tensor) => ({
    name: prefix + tensor.name,
    shape: shapeOf(tensor),
    values: readTensor(arena, tensor),
  }));
}

/** An arena of `table.arena` floats from the tensors of a file. Throws {@link HuggingFaceError} at one missing or misshapen. */
export function arenaOf(table: ParameterTable, read: Safetensors, file: string, prefix = ''): Float32Array {
  checkShapes(table, new Map([...read.tensors].map(([name, { shape }]) => [name, shape])), file, prefix);
  const arena = new Float32Array(table.arena);
  for (const tensor of table.tensors) {
    const found = read.tensors.get(prefix + tensor.name);
    if (found) writeTensor(arena, tensor, found.values);
  }
  return arena;
}

/** The head of a tied model, which some save beside the embedding that it is. */
export const TIED_HEAD = 'lm_head.weight';

/** Angles of the rotary embedding, which older versions of transformers saved and everybody computes. */
const ROTARY_BUFFER = /(^|\.)rotary_emb\.inv_freq$/;

/**
 * Holds the header of a file against the tensors of a model, before any is read. Throws {@link HuggingFaceError} at the first that is
 * missing, misshapen, or of another model.
 */
export function checkTensors(table: ParameterTable, { entries }: SafetensorsHeader, file: string): void {
  const shapes = new Map(entries.map(({ name, shape }) => [name, shape]));
  checkShapes(table, shapes, file);
  const known = new Map(table.tensors.map((tensor) => [tensor.name, tensor]));
  const embedding = known.get('model.embed_tokens.weight');
  for (const [name, shape] of shapes) {
    if (known.has(name) || ROTARY_BUFFER.test(name)) continue;
    if (name === TIED_HEAD && embedding) checkShape({ ...embedding, name }, shape, file);
    else
      throw new HuggingFaceError(
        file,
        `the tensor ${name} is there, and this lab's Llama has none of that name: another architecture cannot be read`,
      );
  }
}

/**
 * Throws {@link HuggingFaceError} at the first tensor of the table that `shapes` (name → shape) does not have, or has otherwise; `prefix` goes
 * before each name.
 */
export function checkShapes(
  table: ParameterTable,
  shapes: ReadonlyMap<string, readonly number[]>,
  file: string,
  prefix = '',
): void {
  for (const tensor of table.tensors) {
    const name = prefix + tensor.name;
    const shape = shapes.get(name);
    if (!shape) {
      throw new HuggingFaceError(
        file,
        `the tensor ${name} is missing; ${shapes.size} are there. Take this file and config.json from the same model, and save it whole`,
      );
    }
    checkShape({ ...tensor, name }, shape, file);
  }
}

function checkShape(tensor: Parameter, found: readonly number[], file: string): void {
  const shape = shapeOf(tensor);
  if (shape.join() === found.join()) return;
  throw new HuggingFaceError(
    file,
    `${tensor.name} has shape [${found}]; config.json asks for [${shape}]: take both files from the same model`,
  );
}

function shapeOf({ init, rows, columns }: Parameter): number[] {
  // A norm gain is a vector.
  return init === 'ones' ? [columns] : [rows, columns];
}
