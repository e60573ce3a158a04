/** The texts of many runs, each read and cut into tokens once: built-in ones, and those that lie in the store. */

import type { TrainConfig } from '../../formats/config.ts';
import { formatCorpusSpec } from '../../formats/corpusSpec.ts';
import type { References } from '../../formats/record.ts';
import type { Store } from '../../store/store.ts';
import { type TextFacts, type TextRefusal, textFacts } from '../../sweep/design/texts.ts';
import { workFolder } from '../../sweep/run/folder.ts';
import type { Texts, TrainedRun } from '../../sweep/run/training.ts';
import type { PreparedCorpus } from '../../text/corpus/prepare.ts';
import { type PreparedPair, preparePair, Shelf, tokenizePair } from '../../text/pair/pair.ts';
import { PairError } from '../../text/pair/pairError.ts';
import { tokenizerFor } from '../../text/pair/pairTokenizer.ts';
import { targetReferences } from '../../text/pair/references.ts';
import { TokenizerError } from '../../text/tokenizer/errors.ts';
import type { Tokenizer } from '../../text/tokenizer/tokenizer.ts';
import { readSavedTokenizer } from '../../train/checkpoint/checkpoint.ts';
import type { Corpora } from '../../train/fleet/plan.ts';
import { finalTokens } from '../../train/layout.ts';
import { findText, listTexts } from '../texts/corpusFiles.ts';
import { prepared } from '../texts/tokenShelf.ts';
import { heldText } from './namedTexts.ts';

export type SweepTextsOptions = {
  readonly store: Store;
  /** Hears of a text that is read: its name, bytes, and of how many (0 where that is not known). */
  readonly onProgress?: (name: string, bytes: number, totalBytes: number) => void;
};

type Read = { readonly pair: PreparedPair; readonly corpora: Corpora };

/** Texts of one design or sweep; to be thrown away with it. */
export class SweepTexts {
  readonly #options: SweepTextsOptions;
  readonly #shelf = new Shelf();
  readonly #tokenizers = new Map<PreparedPair, Map<string, Tokenizer>>();
  readonly #references = new Map<PreparedCorpus, Map<string, Promise<References>>>();
  readonly #known = new WeakMap<TextFacts, Corpora>();

  constructor(options: SweepTextsOptions) {
    this.#options = options;
  }

  /** For a plan. Rejects with `PairError` where a text is not to be had; a BPE that cannot be is a refusal of its runs. */
  async facts(
    configs: readonly TrainConfig[],
    signal?: AbortSignal,
  ): Promise<readonly (TextFacts | TextRefusal)[]> {
    const found: (TextFacts | TextRefusal)[] = [];
    for (const config of configs) {
      try {
        const { corpora } = await this.#read(config, { signal });
        const facts = textFacts(corpora);
        this.#known.set(facts, corpora);
        found.push(facts);
      } catch (error) {
        if (!(error instanceof PairError) || error.field !== 'tokenizer.vocabulary') throw error;
        found.push({ field: error.field, problem: error.problem });
      }
    }
    return found;
  }

  /** What facts are of. */
  readonly corporaOf = (facts: TextFacts): Corpora => {
    const corpora = this.#known.get(facts);
    if (!corpora) throw new RangeError('facts of texts that were not read here');
    return corpora;
  };

  /** For training; a run that goes on has its tokenizer in its checkpoint, in `folder`. */
  async ofRuns(runs: readonly TrainedRun[], folder: Store, signal: AbortSignal): Promise<Texts> {
    const read = new Map<TrainConfig, Read>();
    for (const { config } of runs) {
      const saved = () => readSavedTokenizer(folder, workFolder(config.name));
      read.set(config, await this.#read(config, { signal, saved }));
    }
    const of = (config: TrainConfig) => {
      const found = read.get(config);
      if (!found) throw new RangeError(`${config.name} is none of the runs that were asked for`);
      return found;
    };
    return {
      corporaOf: (config) => of(config).corpora,
      referencesOf: (config) => this.#referencesOf(of(config), config, signal),
    };
  }

  async #read(
    config: TrainConfig,
    {
      signal,
      saved,
    }: {
      readonly signal: AbortSignal | undefined;
      readonly saved?: () => Promise<Tokenizer | null>;
    },
  ): Promise<Read> {
    const { onProgress } = this.#options;
    const pair = await preparePair(config.corpora, OPENERS, {
      signal,
      shelf: this.#shelf,
      kept: (spec, nearDuplicates) => this.#kept(spec, nearDuplicates),
      onProgress: ({ field, bytes, totalBytes }) =>
        onProgress?.(config.corpora[field] ?? field, bytes, totalBytes),
    });
    const tokenizer = await this.#tokenizer(config, pair, signal, saved);
    return { pair, corpora: await tokenizePair(pair, tokenizer, { signal, shelf: this.#shelf }) };
  }

  /** A text of the store, as a config wants it; null for one that is told here. */
  async #kept(
    spec: Parameters<typeof heldText>[0],
    nearDuplicates: TrainConfig['corpora']['nearDuplicates'],
  ): Promise<PreparedCorpus | null> {
    if (spec.scheme === 'world') return null;
    const { store } = this.#options;
    const { key } = heldText(spec, await listTexts(store));
    const text = await findText(store, key);
    if (!text) throw new Error(`${formatCorpusSpec(spec)} cannot be read back; open it in Train again`);
    return prepared(text, nearDuplicates);
  }

  async #tokenizer(
    { tokenizer, recipe }: TrainConfig,
    pair: PreparedPair,
    signal: AbortSignal | undefined,
    saved: (() => Promise<Tokenizer | null>) | undefined,
  ): Promise<Tokenizer> {
    const known = this.#tokenizers.get(pair) ?? new Map<string, Tokenizer>();
    this.#tokenizers.set(pair, known);
    const key = JSON.stringify([tokenizer, tokenizer.kind === 'bpe' ? recipe.targetTokens : null]);
    const before = known.get(key);
    if (before) return before;
    const kept = tokenizer.kind === 'bpe' ? await saved?.() : null;
    const made = kept ?? (await tokenizerFor(tokenizer, pair, recipe.targetTokens, { file: noFile, signal }));
    known.set(key, made);
    return made;
  }

  #referencesOf(
    { pair, corpora }: Read,
    { recipe, model }: TrainConfig,
    signal: AbortSignal,
  ): Promise<References> {
    const scoredTokens = finalTokens(corpora.target.validation.length, model.context);
    const known = this.#references.get(pair.target) ?? new Map<string, Promise<References>>();
    this.#references.set(pair.target, known);
    const { targetTokens } = recipe;
    const key = `${corpora.tokenizer.fingerprint} ${targetTokens} ${scoredTokens}`;
    const before = known.get(key);
    if (before) return before;
    const wish = { tokenizer: corpora.tokenizer, targetTokens, scoredTokens };
    const made = targetReferences(pair.target, wish, { signal });
    known.set(key, made);
    // What was broken off is measured anew.
    made.catch(() => known.delete(key));
    return made;
  }
}

/** Whoever comes here has texts of its own validation, or parallel ones, which the store does not keep. */
const OPENERS = {
  file: async ({ path }: { readonly path: string }): Promise<never> => {
    throw new Error(
      `${path} would be split otherwise than it lies here (a validation text of its own, or parallel texts); train this design with m3lab sweep`,
    );
  },
  fetch: async (url: string): Promise<never> => {
    throw new Error(`${url} is not here; open it in Train first`);
  },
  cache: null,
};

function noFile(path: string): never {
  throw new TokenizerError(path, '', 'a page cannot open it; train this design with m3lab sweep');
}
