/**
 * A run on disk, one folder: `config.json`, `model.safetensors`, `tokenizer.json` as Hugging Face has them,
 * `state.safetensors` (the optimiser's moments) and `run.json` (the record, and what an exact resume needs beside it). All five are
 * of one step at any moment; see transaction.ts.
 */

import { ConfigError } from '../../formats/configError.ts';
import { parseJson } from '../../formats/json.ts';
import type { RunRecord } from '../../formats/record.ts';
import { parseSavedRun, type SavedRun } from '../../formats/runFile.ts';
import { huggingFaceConfig, readHuggingFaceConfig } from '../../huggingFace/config.ts';
import { HuggingFaceError } from '../../huggingFace/error.ts';
import { readSafetensors, type Safetensors, writeSafetensors } from '../../huggingFace/safetensors.ts';
import { arenaOf, namedTensors } from '../../huggingFace/tensors.ts';
import type { RunState } from '../../model/engine.ts';
import type { LlamaConfig } from '../../model/llama/config.ts';
import { type ParameterTable, parameterTable } from '../../model/llama/parameters.ts';
import { joinPath, type Store } from '../../store/store.ts';
import { byteTokenizer } from '../../text/tokenizer/bytes.ts';
import type { Tokenizer } from '../../text/tokenizer/tokenizer.ts';
import { CheckpointError } from './error.ts';
import { readTokenizerFile } from './tokenizerFile.ts';
import { readTogether, writeTogether } from './transaction.ts';

export const CONFIG_FILE = 'config.json';
export const MODEL_FILE = 'model.safetensors';
export const TOKENIZER_FILE = 'tokenizer.json';
export const STATE_FILE = 'state.safetensors';
export const RUN_FILE = 'run.json';
/** Every file of a checkpoint. */
export const CHECKPOINT_FILES: readonly string[] = [
  CONFIG_FILE,
  TOKENIZER_FILE,
  MODEL_FILE,
  STATE_FILE,
  RUN_FILE,
];

export const FIRST_MOMENT = 'first_moment.';
export const SECOND_MOMENT = 'second_moment.';

/** What a model is beside its numbers. */
export type ModelFacts = { readonly table: ParameterTable; readonly tokenizer: Tokenizer };

/** Saves a run, all files or none. Throws what the store throws. */
export async function saveCheckpoint(
  store: Store,
  path: string,
  { table, tokenizer }: ModelFacts,
  state: RunState,
  saved: SavedRun,
): Promise<void> {
  const step = String(state.step);
  await writeTogether(
    store,
    path,
    new Map([
      [CONFIG_FILE, jsonBytes(huggingFaceConfig(table.config, tokenizer.endOfDocument))],
      [TOKENIZER_FILE, jsonBytes(tokenizer.file())],
      // `format` is what transformers asks of a file before it loads it.
      [MODEL_FILE, writeSafetensors(namedTensors(table, state.parameters), { format: 'pt', step })],
      [
        STATE_FILE,
        writeSafetensors(
          [
            ...namedTensors(table, state.firstMoment, FIRST_MOMENT),
            ...namedTensors(table, state.secondMoment, SECOND_MOMENT),
          ],
          { step },
        ),
      ],
      [RUN_FILE, jsonBytes({ version: 1, ...saved })],
    ]),
  );
}

/** The record and resume facts of the run at `path`, or null when there is none. Throws {@link CheckpointError}. */
export async function readSavedRun(store: Store, path: string): Promise<SavedRun | null> {
  const json = await readJson(store, path, RUN_FILE);
  if (json === undefined) return null;
  const file = joinPath(path, RUN_FILE);
  try {
    return parseSavedRun(json, file);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    // Its file may go on with the part that the config lies in.
    const problem = error.message.slice(`${file}: `.length);
    throw new CheckpointError(file, `${problem}; it was changed, or not written by m3lab train`, error);
  }
}

/** The arenas of the run at `path`, of exactly `step` steps. Throws {@link CheckpointError}. */
export async function readState(
  store: Store,
  path: string,
  table: ParameterTable,
  step: number,
): Promise<RunState> {
  const model = await readTensors(store, path, MODEL_FILE, TO_RESUME);
  const moments = await readTensors(store, path, STATE_FILE, TO_RESUME);
  for (const [name, { metadata }] of [[MODEL_FILE, model] as const, [STATE_FILE, moments] as const]) {
    if (metadata.step !== String(step)) {
      throw new CheckpointError(
        joinPath(path, name),
        `it is of step ${metadata.step ?? 'unknown'}, and ${RUN_FILE} of step ${step}: a file of another checkpoint was put here`,
      );
    }
  }
  const stateFile = joinPath(path, STATE_FILE);
  return ofCheckpoint(() => ({
    parameters: arenaOf(table, model, joinPath(path, MODEL_FILE)),
    firstMoment: arenaOf(table, moments, stateFile, FIRST_MOMENT),
    secondMoment: arenaOf(table, moments, stateFile, SECOND_MOMENT),
    step,
  }));
}

export type Checkpoint = {
  readonly config: LlamaConfig;
  readonly table: ParameterTable;
  /** Arena laid out by the table. */
  readonly parameters: Float32Array;
  readonly tokenizer: Tokenizer;
  /** Null for a folder that was not trained here. */
  readonly record: RunRecord | null;
};

/**
 * A model to evaluate or to generate from; `path` is the folder, '' for the store's root.
 * Throws {@link CheckpointError} naming the file that is missing or wrong.
 */
export async function readCheckpoint(store: Store, path: string): Promise<Checkpoint> {
  const configFile = joinPath(path, CONFIG_FILE);
  const configJson = await needJson(store, path, CONFIG_FILE);
  const config = ofCheckpoint(() => readHuggingFaceConfig(configJson, configFile));
  const table = parameterTable(config);
  const tokenizer = await readTokenizerFile(
    await needJson(store, path, TOKENIZER_FILE),
    joinPath(path, TOKENIZER_FILE),
  );
  if (tokenizer.vocabulary !== config.vocabulary) {
    throw new CheckpointError(
      joinPath(path, TOKENIZER_FILE),
      `it has ${tokenizer.vocabulary} tokens and the model ${config.vocabulary}`,
    );
  }
  const model = await readTensors(store, path, MODEL_FILE);
  const parameters = ofCheckpoint(() => arenaOf(table, model, joinPath(path, MODEL_FILE)));
  const saved = await readSavedRun(store, path);
  return { config, table, parameters, tokenizer, record: saved?.record ?? null };
}

/**
 * The tokenizer of the run at `path`, to go on with; null when there is no run. Throws {@link CheckpointError} where the file is not the
 * one that the run was saved with.
 */
export async function readSavedTokenizer(store: Store, path: string): Promise<Tokenizer | null> {
  const saved = await readSavedRun(store, path);
  if (!saved) return null;
  const file = joinPath(path, TOKENIZER_FILE);
  const tokenizer = await readTokenizerFile(await needJson(store, path, TOKENIZER_FILE, TO_RESUME), file);
  const { fingerprint } = tokenizer;
  const expected = saved.resume.tokenizer ?? byteTokenizer.fingerprint;
  if (fingerprint === expected) return tokenizer;
  throw new CheckpointError(
    file,
    `its fingerprint is ${fingerprint}, and ${RUN_FILE} was written with ${expected}: a file of another checkpoint was put here`,
  );
}

/** Reads a part; what is wrong with it is wrong with the checkpoint. */
function ofCheckpoint<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof HuggingFaceError)) throw error;
    throw new CheckpointError(error.file, error.problem, error);
  }
}

const TO_EVALUATE = 'this folder is not a checkpoint';
const TO_RESUME =
  'without it this checkpoint cannot be resumed; restore the file, or train anew into another folder';

async function readTensors(
  store: Store,
  path: string,
  name: string,
  without = TO_EVALUATE,
): Promise<Safetensors> {
  const bytes = await readTogether(store, path, name);
  if (!bytes) throw missing(path, name, without);
  return readSafetensors(bytes, joinPath(path, name));
}

async function needJson(store: Store, path: string, name: string, without = TO_EVALUATE): Promise<unknown> {
  const json = await readJson(store, path, name);
  if (json === undefined) throw missing(path, name, without);
  return json;
}

/** The value of a file; undefined where there is none, for `null` is JSON too. */
async function readJson(store: Store, path: string, name: string): Promise<unknown> {
  const bytes = await readTogether(store, path, name);
  return bytes === null ? undefined : parseJson(new TextDecoder().decode(bytes), joinPath(path, name));
}

function missing(path: string, name: string, without: string): CheckpointError {
  return new CheckpointError(joinPath(path, name), `there is no such file; ${without}`);
}

function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);
}
