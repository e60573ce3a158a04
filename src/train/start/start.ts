/**
 * A Hugging Face folder → the model that a run begins from: one of ours, or another Llama of a shape that this lab builds.
 * Everything that cannot be is refused in words, as early as it is known: the config first, then the header of the weights, and only then
 * their bytes.
 */

import { canonicalJson, isObject, parseJson } from '../../formats/json.ts';
import { readHuggingFaceConfig } from '../../huggingFace/config.ts';
import { HuggingFaceError } from '../../huggingFace/error.ts';
import type { RunState } from '../../model/engine.ts';
import type { LlamaConfig } from '../../model/llama/config.ts';
import { type ParameterTable, parameterTable } from '../../model/llama/parameters.ts';
import { Sha256 } from '../../text/sha256.ts';
import { readTokenizer } from '../../text/tokenizer/file/read.ts';
import type { Tokenizer } from '../../text/tokenizer/tokenizer.ts';
import { CONFIG_FILE, MODEL_FILE, TOKENIZER_FILE } from '../checkpoint/checkpoint.ts';
import type { StartFiles } from './files.ts';
import { readMoments, type StartMoments } from './moments.ts';
import { arenasHash } from './tensors.ts';
import { readWeights } from './weights.ts';

export type StartModel = {
  readonly config: LlamaConfig;
  readonly table: ParameterTable;
  /** Arena laid out by the table. */
  readonly parameters: Float32Array;
  readonly tokenizer: Tokenizer;
  /**
   * SHA-256 of the {@link arenasHash} of the weights (64 hexadecimal digits) and the config as canonical JSON, one after the other: the same
   * for a checkpoint, its export, and what comes back of that.
   */
  readonly fingerprint: string;
  /** For people. */
  readonly name: string;
  /** What a person should know of it, in sentences: that its numbers were converted, say. */
  readonly said: readonly string[];
  /** Null where fresh ones were asked for. */
  readonly moments: StartMoments | null;
};

export type StartOptions = {
  /** Whether AdamW goes on with the moments of a checkpoint of ours; it begins with fresh ones by default. */
  readonly moments?: boolean;
  readonly signal?: AbortSignal | undefined;
};

const MEBIBYTE = 2 ** 20;
/** Of config.json, tokenizer.json: more is none. */
const MOST_JSON_BYTES = 64 * MEBIBYTE;
/** Of the weights, and of the parameters that they hold as 32-bit floats; in training AdamW takes three times as much beside them. */
const MOST_WEIGHT_BYTES = 1024 * MEBIBYTE;

const NEEDED = `a model is a folder with ${CONFIG_FILE}, ${MODEL_FILE} and ${TOKENIZER_FILE}, as transformers saves a Llama`;

/**
 * Reads a model; `name` is what people call it. Throws {@link HuggingFaceError}, `SafetensorsError`, `TokenizerError` or `JsonError`, all of
 * which name the file, and the signal's reason.
 */
export async function readStart(
  files: StartFiles,
  name: string,
  { moments = false, signal }: StartOptions = {},
): Promise<StartModel> {
  const configJson = await readJson(files, CONFIG_FILE);
  const config = readHuggingFaceConfig(configJson, CONFIG_FILE);
  refuseOnnx(files, configJson);
  const table = parameterTable(config);
  checkWeightsFile(files, table);
  const tokenizer = await startTokenizer(files, config);
  signal?.throwIfAborted();
  const weights = await readWeights(files, MODEL_FILE, table, signal);
  return {
    config,
    table,
    parameters: weights.parameters,
    tokenizer,
    fingerprint: fingerprintOf(table, weights.parameters, signal),
    name,
    said: weights.converted.map(
      (type) =>
        `its weights are ${WORDS[type]} (${type}) and were converted to 32-bit floats, which hold each of them exactly`,
    ),
    moments: moments ? await readMoments(files, table, weights.metadata, signal) : null,
  };
}

function fingerprintOf(table: ParameterTable, parameters: Float32Array, signal?: AbortSignal): string {
  const weights = arenasHash(table, [parameters], signal);
  return new Sha256().update(utf8(weights + canonicalJson(table.config))).hex();
}

const WORDS = { F32: '32-bit floats', F16: '16-bit floats', BF16: '16-bit brain floats' } as const;

/** The state of a run before its first step. Its arenas are the model's own: whoever trains copies them. */
export function startState({ table, parameters, moments }: StartModel): RunState {
  return {
    parameters,
    firstMoment: moments?.firstMoment ?? new Float32Array(table.arena),
    secondMoment: moments?.secondMoment ?? new Float32Array(table.arena),
    step: 0,
  };
}

/** Of what transformers.js loads nobody learns the weights: they lie in another file, and in a graph. */
function refuseOnnx(files: StartFiles, configJson: unknown): void {
  const names = files.names();
  const isOnnx =
    names.some((name) => /\.onnx$/i.test(name)) ||
    (isObject(configJson) && configJson['transformers.js_config'] !== undefined);
  if (names.includes(MODEL_FILE) || !isOnnx) return;
  throw new HuggingFaceError(
    MODEL_FILE,
    'there is no such file: this is the ONNX export of a model; take its Hugging Face export, which holds the weights',
  );
}

function checkWeightsFile(files: StartFiles, table: ParameterTable): void {
  const names = files.names();
  const fail = (file: string, problem: string): never => {
    throw new HuggingFaceError(file, problem);
  };
  if (!names.includes(MODEL_FILE)) {
    const index = names.find((name) => name === `${MODEL_FILE}.index.json`);
    if (index)
      fail(
        index,
        `the weights are in several files, and are read from one: save the model as one ${MODEL_FILE}`,
      );
    const pickle = names.find((name) => /^pytorch_model.*\.bin$/.test(name));
    if (pickle) {
      fail(
        pickle,
        `this is PyTorch's own format, which can run any program as it is opened, and is not read: save the model as ${MODEL_FILE}`,
      );
    }
    fail(MODEL_FILE, `there is no such file; ${NEEDED}`);
  }
  const bytes = files.size(MODEL_FILE);
  if (bytes > MOST_WEIGHT_BYTES) {
    fail(
      MODEL_FILE,
      `it is ${bytes.toLocaleString('en')} bytes long, and at most ${MOST_WEIGHT_BYTES.toLocaleString('en')} are read; this lab trains small models`,
    );
  }
  const { total } = table.counts;
  if (4 * total > MOST_WEIGHT_BYTES) {
    fail(
      CONFIG_FILE,
      `the model has ${total.toLocaleString('en')} parameters, and at most ${(MOST_WEIGHT_BYTES / 4).toLocaleString('en')} are read; this lab trains small models`,
    );
  }
}

async function startTokenizer(files: StartFiles, config: LlamaConfig): Promise<Tokenizer> {
  if (!files.names().includes(TOKENIZER_FILE)) {
    const other = files.names().find((name) => /^(tokenizer\.model|vocab\.json|spiece\.model)$/.test(name));
    const why =
      other === undefined
        ? NEEDED
        : `${other} is not read: save the tokenizer with transformers as a fast one, which writes it`;
    throw new HuggingFaceError(TOKENIZER_FILE, `there is no such file; ${why}`);
  }
  const tokenizer = await readTokenizer(await readJson(files, TOKENIZER_FILE), TOKENIZER_FILE);
  if (tokenizer.vocabulary === config.vocabulary) return tokenizer;
  throw new HuggingFaceError(
    TOKENIZER_FILE,
    `it has ${tokenizer.vocabulary.toLocaleString('en')} tokens, and the model ${config.vocabulary.toLocaleString('en')} (vocab_size); ${
      tokenizer.vocabulary < config.vocabulary
        ? 'rows of the embedding that no token uses are not read: cut them off with resize_token_embeddings of transformers, and save the model again'
        : 'take both files from the same model'
    }`,
  );
}

async function readJson(files: StartFiles, file: string): Promise<unknown> {
  if (!files.names().includes(file)) throw new HuggingFaceError(file, `there is no such file; ${NEEDED}`);
  const bytes = files.size(file);
  if (bytes > MOST_JSON_BYTES) {
    throw new HuggingFaceError(
      file,
      `it is ${bytes.toLocaleString('en')} bytes long, which no such file is; take that of the model`,
    );
  }
  return parseJson(new TextDecoder().decode(await files.read(file)), file);
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
