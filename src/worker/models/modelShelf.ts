/** The models that are here: listed, read, kept, checked and forgotten. */

import { parseJson } from '../../formats/json.ts';
import type { ModelNote } from '../../formats/modelNote.ts';
import type { Parity } from '../../formats/parity.ts';
import { parseSavedRun } from '../../formats/runFile.ts';
import { HuggingFaceError, SafetensorsError } from '../../huggingFace/error.ts';
import { MemoryStore } from '../../store/memory.ts';
import type { Store } from '../../store/store.ts';
import { type Checkpoint, RUN_FILE, readCheckpoint } from '../../train/checkpoint/checkpoint.ts';
import { CheckpointError } from '../../train/checkpoint/error.ts';
import { writeTogether } from '../../train/checkpoint/transaction.ts';
import type { BroughtFacts, ModelFacts, ModelFiles } from '../api/models.ts';
import { failureOf, NotNowError } from '../failures.ts';
import type { Notebook } from '../notebook.ts';
import { handOver } from '../serve.ts';
import type { Teller } from '../teller.ts';
import { ModelError } from './errors.ts';
import { Fingerprints, fingerprintOfFiles } from './fingerprints.ts';
import { freeName, newFolder, noteOf, sameAmong } from './kept.ts';
import {
  jsonBytes,
  keptModels,
  type ModelFiling,
  type ModelPlace,
  modelFacts,
  modelPlaces,
  NOTE_FILE,
  parityNote,
  readModelFiles,
  readModelRecord,
  readModelTokenizer,
  WeightHashes,
  weightsOf,
  writeParity,
} from './modelFolder.ts';

export type ModelShelfOptions = {
  readonly store: Store;
  readonly notes: Notebook;
  readonly teller: Pick<Teller, 'tell'>;
  /** Whether the fleet is at work. */
  readonly isTraining: () => boolean;
};

export class ModelShelf {
  readonly #options: ModelShelfOptions;
  readonly #filing: ModelFiling;
  /** What was told last. */
  #told: string | undefined;
  #telling: Promise<void> | undefined;
  #hasChanged = false;

  constructor(options: ModelShelfOptions) {
    this.#options = options;
    const [hashes, fingerprints] = [new WeightHashes(), new Fingerprints()];
    this.#filing = { store: options.store, hashes, fingerprints };
  }

  /** A model that cannot be read is left out: of the last fleet's the page hears why, and what is kept stands in Storage. */
  async list(): Promise<ModelFacts[]> {
    const places = await this.#places();
    const facts = await Promise.all(places.map((place) => this.#factsOf(place, places).catch(() => null)));
    return facts.filter((model) => model !== null);
  }

  /** Throws {@link NotNowError} where there is no model of that id any more. */
  async find(id: string): Promise<ModelPlace> {
    return placeAmong(await this.#places(), id);
  }

  /** Throws {@link ModelError}. */
  async facts(id: string): Promise<ModelFacts> {
    const places = await this.#places();
    const place = placeAmong(places, id);
    const facts = await inWords(place, () => this.#factsOf(place, places));
    if (!facts) throw new NotNowError(`${place.name} has not been saved yet; wait for its first checkpoint.`);
    return facts;
  }

  async read(id: string): Promise<ModelFiles> {
    const place = await this.find(id);
    const files = await inWords(place, () => readModelFiles(this.#options.store, place));
    const reply: ModelFiles = { id, name: place.name, files: Object.fromEntries(files) };
    return handOver(reply, buffersOf(files.values()));
  }

  /** The model as numbers, and the hash of the file that they are from. Throws {@link ModelError}. */
  async open(id: string): Promise<Checkpoint & { readonly weights: string }> {
    const place = await this.find(id);
    return inWords(place, async () => {
      const files = await readModelFiles(this.#options.store, place);
      const read = new MemoryStore();
      for (const [name, bytes] of files) await read.write(name, bytes);
      const record = await readModelRecord(read, '');
      return { ...(await readCheckpoint(read, '')), record, weights: weightsOf(files) };
    });
  }

  /** The same without its weights. Throws {@link ModelError}. */
  async training(id: string): Promise<Pick<Checkpoint, 'record' | 'tokenizer'>> {
    const { store } = this.#options;
    const place = await this.find(id);
    return inWords(place, async () => ({
      record: await readModelRecord(store, place.folder),
      tokenizer: await readModelTokenizer(store, place),
    }));
  }

  /** Copies a model, so that it stays when its fleet goes; one that is kept already is not copied again. */
  async keep(id: string, name: string): Promise<ModelFacts> {
    const { store, notes } = this.#options;
    const { tokenizer, origin, said } = await this.facts(id);
    let folder = newFolder();
    // Meanwhile no fleet is thrown away.
    await notes.hold(async () => {
      const place = await this.find(id);
      const files = await inWords(place, () => readModelFiles(store, place));
      const fingerprint = await fingerprintOfFiles(files);
      const kept = await keptModels(store);
      const same = sameAmong(kept, fingerprint);
      if (same) {
        folder = same.folder;
        return;
      }
      const about = { origin, tokenizer, said: [...said], ...(fingerprint !== null && { fingerprint }) };
      const note = noteOf({ ...about, name: freeName(name.trim() || place.name, kept) });
      await writeTogether(store, folder, new Map([...files, [NOTE_FILE, jsonBytes(note)]]));
      const verdict = await parityNote(store, place.folder);
      // The fleet may have saved others since they were checked.
      if (verdict?.parity.weights === weightsOf(files)) await writeParity(store, folder, verdict);
    });
    this.changed();
    return this.facts(folder);
  }

  /**
   * Puts the files of a model that was brought along here, all or none. Where the same model is kept here already nothing is put, and it is
   * that one that comes back.
   */
  async add(
    files: ReadonlyMap<string, Uint8Array>,
    about: Omit<ModelNote, 'version' | 'at'>,
  ): Promise<BroughtFacts> {
    const { store, notes } = this.#options;
    let folder = newFolder();
    let wasHere = false;
    // Of two that come at once the second finds the first.
    await notes.hold(async () => {
      const kept = await keptModels(store);
      const same = sameAmong(kept, about.fingerprint ?? null);
      if (same) {
        folder = same.folder;
        wasHere = true;
        return;
      }
      const note = noteOf({ ...about, name: freeName(about.name, kept) });
      await writeTogether(store, folder, new Map([...files, [NOTE_FILE, jsonBytes(note)]]));
    });
    this.changed();
    return { ...(await this.facts(folder)), wasHere };
  }

  async forget(id: string): Promise<void> {
    const { folder, note } = await this.find(id);
    if (!note) {
      throw new NotNowError('It belongs to the last fleet, and goes with it: discard that one in Train.');
    }
    await this.#options.store.remove(folder);
    this.changed();
  }

  /**
   * Of a model that is being trained on nothing is noted: its next checkpoint is another one. Throws {@link NotNowError} where the weights
   * that lie here are not those that were checked.
   */
  async keepParity(id: string, parity: Parity): Promise<void> {
    const { store, isTraining } = this.#options;
    const place = await this.find(id);
    if (!place.note && isTraining()) return;
    const files = await inWords(place, () => readModelFiles(store, place));
    const { weights } = parity;
    if (weights === null || weights !== weightsOf(files)) {
      throw new NotNowError(`${place.name} is no longer the model that was checked; check it again.`);
    }
    const step = stepOf(files);
    await writeParity(store, place.folder, { step, parity: { ...parity, weights } });
    this.changed();
  }

  async #places(): Promise<ModelPlace[]> {
    const { store, notes } = this.#options;
    return modelPlaces(store, await notes.read());
  }

  #factsOf(place: ModelPlace, places: readonly ModelPlace[]): Promise<ModelFacts | null> {
    const kept = places.filter(({ note }) => note !== null);
    return modelFacts(this.#filing, place, { isTraining: this.#options.isTraining(), kept });
  }

  /** To be called whenever models may be others than they were; tells the list if it is another. */
  changed(): void {
    this.#hasChanged = true;
    this.#telling ??= this.#tell().finally(() => {
      this.#telling = undefined;
    });
  }

  async #tell(): Promise<void> {
    while (this.#hasChanged) {
      this.#hasChanged = false;
      // Whoever asks for the list hears why it cannot be read.
      const models = await this.list().catch(() => null);
      const told = JSON.stringify(models);
      if (!models || told === this.#told) continue;
      this.#told = told;
      this.#options.teller.tell({ event: 'models', models });
    }
  }
}

/** Throws {@link NotNowError} where it is not among them. */
function placeAmong(places: readonly ModelPlace[], id: string): ModelPlace {
  const place = places.find(({ folder }) => folder === id);
  if (!place) throw new NotNowError('This model is no longer here; choose another one.');
  return place;
}

/** Steps behind the files of a model; null where nothing is known of its training. */
function stepOf(files: ReadonlyMap<string, Uint8Array>): number | null {
  const bytes = files.get(RUN_FILE);
  if (!bytes) return null;
  return parseSavedRun(parseJson(new TextDecoder().decode(bytes), RUN_FILE), RUN_FILE).resume.step;
}

function buffersOf(arrays: Iterable<Uint8Array>): Transferable[] {
  return [...new Set([...arrays].map(({ buffer }) => buffer))];
}

/** What is wrong with a file of a model is wrong with the model: which folder it lies in says nothing to a person. */
export async function inWords<T>(
  { folder, name }: Pick<ModelPlace, 'folder' | 'name'>,
  action: () => Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const isOfFile =
      error instanceof CheckpointError ||
      error instanceof HuggingFaceError ||
      error instanceof SafetensorsError;
    if (!isOfFile) throw error;
    throw new ModelError(name, failureOf(error).message.replaceAll(`${folder}/`, ''), error);
  }
}
