/** Where models lie, and what there is to say of one without reading its weights. */

import { ConfigError } from '../../formats/configError.ts';
import { EXPORT_NOTE_FILE } from '../../formats/exportNote.ts';
import { JsonError, parseJson } from '../../formats/json.ts';
import { type ModelNote, type ParityNote, readModelNote, readParityNote } from '../../formats/modelNote.ts';
import type { Parity } from '../../formats/parity.ts';
import type { RunRecord } from '../../formats/record.ts';
import { readHuggingFaceConfig } from '../../huggingFace/config.ts';
import { parameterTable } from '../../model/llama/parameters.ts';
import type { Store } from '../../store/store.ts';
import { Sha256 } from '../../text/sha256.ts';
import type { Tokenizer } from '../../text/tokenizer/tokenizer.ts';
import {
  CONFIG_FILE,
  MODEL_FILE,
  RUN_FILE,
  readSavedRun,
  TOKENIZER_FILE,
} from '../../train/checkpoint/checkpoint.ts';
import { readTokenizerFile } from '../../train/checkpoint/tokenizerFile.ts';
import { readTogether } from '../../train/checkpoint/transaction.ts';
import { pastOf } from '../../train/start/past.ts';
import type { ModelFacts } from '../api/models.ts';
import { runFolder } from '../runFolder.ts';
import type { SessionNote } from '../sessionFile.ts';
import { ModelError } from './errors.ts';
import type { Fingerprints } from './fingerprints.ts';

/** Models that are kept or were brought along have a folder each in this one. */
export const MODELS = 'models';
/** The note that makes a folder there a model. */
export const NOTE_FILE = 'about.json';
const PARITY_FILE = 'parity.json';
/** What a model is, to whomever reads it; there always. */
const FILES = [CONFIG_FILE, TOKENIZER_FILE, MODEL_FILE] as const;
/** How it was trained: in the lab that it lies in, or in one that it was taken away from; or it is not known. */
const RECORD_FILES = [RUN_FILE, EXPORT_NOTE_FILE] as const;

export type ModelPlace = {
  /** Its id too: of two models never the same. */
  readonly folder: string;
  readonly name: string;
  /** Of one that is kept or was brought; null for one of the last fleet. */
  readonly note: ModelNote | null;
};

/** Every model that there may be: kept ones first, newest first, then the runs of the fleet, with a checkpoint or without. */
export async function modelPlaces(
  store: Store,
  { fleet }: Pick<SessionNote, 'fleet'>,
): Promise<ModelPlace[]> {
  const kept = await keptModels(store);
  const trained = (fleet?.configs ?? []).map(({ name }) => ({
    folder: runFolder(fleet?.folder ?? '', name),
    name,
    note: null,
  }));
  return [...kept, ...trained];
}

/** Those that are kept or were brought, newest first. */
export async function keptModels(store: Store): Promise<(ModelPlace & { readonly note: ModelNote })[]> {
  const folders = new Set((await store.list(MODELS)).map((path) => path.split('/').slice(0, 2).join('/')));
  const kept = await Promise.all(
    [...folders].map(async (folder) => {
      const bytes = await readTogether(store, folder, NOTE_FILE);
      const note = bytes && readModelNote(bytes);
      return note ? [{ folder, name: note.name, note }] : [];
    }),
  );
  return kept.flat().sort((a, b) => b.note.at - a.note.at);
}

/**
 * Null where there is no model yet: a run before its first checkpoint. `kept` are the models that stay. Throws what reads a file that is
 * damaged.
 */
export async function modelFacts(
  filing: ModelFiling,
  place: ModelPlace,
  { isTraining, kept }: { readonly isTraining: boolean; readonly kept: readonly ModelPlace[] },
): Promise<ModelFacts | null> {
  const { folder, name, note } = place;
  const { store } = filing;
  const saved = await readSavedRun(store, folder);
  const bytes = await readTogether(store, folder, CONFIG_FILE);
  if (!bytes || (!note && !saved)) return null;
  const config = readHuggingFaceConfig(parseJson(new TextDecoder().decode(bytes), CONFIG_FILE), CONFIG_FILE);
  const { vocabulary, ...shape } = config;
  const record = saved?.record ?? (await recordOfExport(store, folder));
  const step = saved?.resume.step ?? record?.realised.steps ?? null;
  return {
    id: folder,
    name,
    origin: note?.origin ?? 'trained',
    isKept: note !== null,
    keptAs: note || isTraining ? null : await keptAs(filing, place, { config: bytes, step, kept }),
    isTraining: isTraining && note === null,
    kind: record?.realised.kind ?? null,
    parameters: parameterTable(config).counts.total,
    shape,
    context: shape.context,
    vocabulary,
    tokenizer: note?.tokenizer ?? record?.config.tokenizer.kind ?? 'bytes',
    start: record?.config.start?.name ?? null,
    step,
    targetLoss: record?.final?.targetLoss ?? null,
    targetBitsPerByte: record?.final?.targetBitsPerByte ?? null,
    parity: await readParity(filing, folder, note === null ? step : 'kept'),
    said: note?.said ?? [],
  };
}

/** The files of a model, all of one step: the fleet may save it anew meanwhile. Throws {@link ModelError} where one is missing. */
export async function readModelFiles(
  store: Store,
  { folder, name }: Pick<ModelPlace, 'folder' | 'name'>,
): Promise<Map<string, Uint8Array>> {
  for (;;) {
    const step = (await readSavedRun(store, folder))?.resume.step;
    const files = new Map<string, Uint8Array>();
    for (const file of FILES) {
      const bytes = await readTogether(store, folder, file);
      if (!bytes) throw new ModelError(name, `its ${file} is not here`);
      files.set(file, bytes);
    }
    for (const file of RECORD_FILES) {
      const bytes = await readTogether(store, folder, file);
      if (bytes) files.set(file, bytes);
    }
    if ((await readSavedRun(store, folder))?.resume.step === step) return files;
  }
}

/** How the model in a folder was trained; null where nobody knows. Throws `CheckpointError`. */
export async function readModelRecord(store: Store, folder: string): Promise<RunRecord | null> {
  return (await readSavedRun(store, folder))?.record ?? (await recordOfExport(store, folder));
}

/** Null where there is none that could be read: it was looked through when the model was brought. */
async function recordOfExport(store: Store, folder: string): Promise<RunRecord | null> {
  const bytes = await readTogether(store, folder, EXPORT_NOTE_FILE);
  if (!bytes) return null;
  try {
    return pastOf(bytes, EXPORT_NOTE_FILE).record;
  } catch (error) {
    if (error instanceof ConfigError || error instanceof JsonError) return null;
    throw error;
  }
}

/** The name of a kept model that is the same one; null where there is none, or the files are being changed. */
async function keptAs(
  { store, fingerprints }: ModelFiling,
  { folder, name }: ModelPlace,
  {
    config,
    step,
    kept,
  }: { readonly config: Uint8Array; readonly step: number | null; readonly kept: readonly ModelPlace[] },
): Promise<string | null> {
  const shape = new TextDecoder().decode(config);
  for (const other of kept) {
    const bytes = other.note?.fingerprint ? await readTogether(store, other.folder, CONFIG_FILE) : null;
    // Before any weights are read: there are few models of one shape.
    if (!bytes || new TextDecoder().decode(bytes) !== shape) continue;
    const own = await fingerprints
      .of(folder, step, () => readModelFiles(store, { folder, name }))
      .catch(() => null);
    if (own !== null && other.note?.fingerprint === own) return other.name;
  }
  return null;
}

/** Throws {@link ModelError}, and `CheckpointError`. */
export async function readModelTokenizer(
  store: Store,
  { folder, name }: Pick<ModelPlace, 'folder' | 'name'>,
): Promise<Tokenizer> {
  const bytes = await readTogether(store, folder, TOKENIZER_FILE);
  if (!bytes) throw new ModelError(name, `its ${TOKENIZER_FILE} is not here`);
  return readTokenizerFile(parseJson(new TextDecoder().decode(bytes), TOKENIZER_FILE), TOKENIZER_FILE);
}

/** How the model did the last time, if its weights are the same: of a step that is another, or of what is kept, they need no look. */
async function readParity(
  { store, hashes }: ModelFiling,
  folder: string,
  step: number | null | 'kept',
): Promise<Parity | null> {
  const note = await parityNote(store, folder);
  if (!note || step === 'kept') return note?.parity ?? null;
  if (note.step !== step) return null;
  const weights = await hashes.of(folder, step, () => readTogether(store, folder, MODEL_FILE));
  return note.parity.weights === weights ? note.parity : null;
}

/** What lies beside a model of how it did, whatever its weights were then. */
export async function parityNote(store: Store, folder: string): Promise<ParityNote | null> {
  const bytes = await store.read(`${folder}/${PARITY_FILE}`);
  return bytes && readParityNote(bytes);
}

export function writeParity(store: Store, folder: string, note: Omit<ParityNote, 'version'>): Promise<void> {
  return store.write(`${folder}/${PARITY_FILE}`, jsonBytes({ version: 1, ...note }));
}

/** Of files of a model: SHA-256 of its weights' file. */
export function weightsOf(files: ReadonlyMap<string, Uint8Array>): string {
  return new Sha256().update(files.get(MODEL_FILE) ?? new Uint8Array()).hex();
}

/** Hashes of weights, which take a while: of a folder's step they are always the same. */
export class WeightHashes {
  readonly #known = new Map<string, { readonly step: number | null; readonly hash: string }>();

  /** Null where `read` finds nothing. */
  async of(
    folder: string,
    step: number | null,
    read: () => Promise<Uint8Array | null>,
  ): Promise<string | null> {
    const known = this.#known.get(folder);
    if (known?.step === step) return known.hash;
    const bytes = await read();
    if (!bytes) return null;
    const hash = new Sha256().update(bytes).hex();
    this.#known.set(folder, { step, hash });
    return hash;
  }
}

/** Where models lie, and what is known of their weights. */
export type ModelFiling = {
  readonly store: Store;
  readonly hashes: WeightHashes;
  readonly fingerprints: Fingerprints;
};

export function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`);
}
