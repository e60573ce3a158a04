/** AdamW's moments beside the weights of a checkpoint of ours. */

import { HuggingFaceError } from '../../huggingFace/error.ts';
import { checkShapes } from '../../huggingFace/tensors.ts';
import { type ParameterTable, writeTensor } from '../../model/llama/parameters.ts';
import { FIRST_MOMENT, MODEL_FILE, SECOND_MOMENT, STATE_FILE } from '../checkpoint/checkpoint.ts';
import type { StartFiles } from './files.ts';
import { arenasHash, readHeaderOf, tensorsOf } from './tensors.ts';

export type StartMoments = {
  /** Arenas laid out by the model's table. */
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
  /** Steps behind them. */
  readonly step: number;
  /** SHA-256 of their values, the first moment's before the second's; see {@link arenasHash}. */
  readonly fingerprint: string;
};

/** Far more than the names and places of all moments take. */
const MOST_HEADER_BYTES = 4 * 2 ** 20;

/**
 * The moments in `state.safetensors`; `metadata` is that of the weights, which must be of the same step. Throws {@link HuggingFaceError},
 * `SafetensorsError` and the signal's reason.
 */
export async function readMoments(
  files: StartFiles,
  table: ParameterTable,
  metadata: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<StartMoments> {
  if (!files.names().includes(STATE_FILE)) {
    throw new HuggingFaceError(
      STATE_FILE,
      "there is no such file; AdamW's moments come from a checkpoint that was trained here, and without them a run begins with fresh ones",
    );
  }
  if (files.size(STATE_FILE) > 2 * 4 * table.counts.total + MOST_HEADER_BYTES) {
    throw new HuggingFaceError(
      STATE_FILE,
      `it is ${files.size(STATE_FILE).toLocaleString('en')} bytes long, more than the two moments of this model take: a file of another checkpoint was put here`,
    );
  }
  const read = await readHeaderOf(files, STATE_FILE, ['F32']);
  const step = Number(read.metadata.step);
  if (!Number.isSafeInteger(step) || step < 1) {
    throw new HuggingFaceError(
      STATE_FILE,
      `there are ${read.metadata.step ?? 'an unknown number of'} steps behind these moments; 1 or more are needed`,
    );
  }
  if (metadata.step !== read.metadata.step) {
    throw new HuggingFaceError(
      STATE_FILE,
      `it is of step ${step}, and ${MODEL_FILE} of step ${metadata.step ?? 'unknown'}: a file of another checkpoint was put here`,
    );
  }
  const shapes = new Map(read.entries.map(({ name, shape }) => [name, shape]));
  const firstMoment = new Float32Array(table.arena);
  const secondMoment = new Float32Array(table.arena);
  const places = new Map(
    [[FIRST_MOMENT, firstMoment] as const, [SECOND_MOMENT, secondMoment] as const].flatMap(
      ([prefix, arena]) => {
        checkShapes(table, shapes, STATE_FILE, prefix);
        return table.tensors.map((tensor) => [prefix + tensor.name, { tensor, arena }] as const);
      },
    ),
  );
  for await (const { name, values } of tensorsOf(files, STATE_FILE, read, (one) => places.has(one), signal)) {
    const place = places.get(name);
    if (!place) continue;
    if (place.arena === secondMoment && values.some((value) => value < 0)) {
      throw new HuggingFaceError(
        STATE_FILE,
        `${name} has a number below zero, and a mean of squares has none: the file was changed; take the moments from the checkpoint itself`,
      );
    }
    writeTensor(place.arena, place.tensor, values);
  }
  const fingerprint = arenasHash(table, [firstMoment, secondMoment], signal);
  return { firstMoment, secondMoment, step, fingerprint };
}
