/** The weights of a file → an arena. */

import { HuggingFaceError } from '../../huggingFace/error.ts';
import type { TensorType } from '../../huggingFace/header.ts';
import { checkTensors, TIED_HEAD } from '../../huggingFace/tensors.ts';
import { type ParameterTable, readTensor, writeTensor } from '../../model/llama/parameters.ts';
import type { StartFiles } from './files.ts';
import { readHeaderOf, tensorsOf } from './tensors.ts';

export type Weights = {
  /** Arena laid out by the table. */
  readonly parameters: Float32Array;
  readonly metadata: Readonly<Record<string, string>>;
  /** Kinds of numbers in the file that are not 32-bit floats, each once. */
  readonly converted: readonly TensorType[];
};

const TYPES: readonly TensorType[] = ['F32', 'F16', 'BF16'];

/**
 * The weights in `file`, as `table` has them. What the header says is refused before a tensor is read. Throws `SafetensorsError`,
 * {@link HuggingFaceError}, and the signal's reason.
 */
export async function readWeights(
  files: StartFiles,
  file: string,
  table: ParameterTable,
  signal?: AbortSignal,
): Promise<Weights> {
  const header = await readHeaderOf(files, file, TYPES);
  checkTensors(table, header, file);
  const tensors = new Map(table.tensors.map((tensor) => [tensor.name, tensor]));
  const isWanted = (name: string) => tensors.has(name) || name === TIED_HEAD;
  const parameters = new Float32Array(table.arena);
  let tiedHead: Float32Array | null = null;
  for await (const { name, values } of tensorsOf(files, file, header, isWanted, signal)) {
    const tensor = tensors.get(name);
    if (tensor) writeTensor(parameters, tensor, values);
    else tiedHead = values;
  }
  const [embedding] = table.tensors;
  if (tiedHead && embedding && !isSame(tiedHead, readTensor(parameters, embedding))) {
    throw new HuggingFaceError(
      file,
      `config.json says that the embedding is the head too (tie_word_embeddings), and ${TIED_HEAD} is another one; set it to false there, or save the model with its heads tied`,
    );
  }
  const used = header.entries.filter(({ name }) => tensors.has(name));
  const converted = TYPES.filter((type) => type !== 'F32' && used.some((entry) => entry.type === type));
  return { parameters, metadata: header.metadata, converted };
}

function isSame(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
