/** The texts and tokenizers of several configs, each read or trained once. */

import { basename, dirname, resolve } from 'node:path';
import type { TrainConfig } from '../../formats/config.ts';
import { ConfigError } from '../../formats/configError.ts';
import { parseJson } from '../../formats/json.ts';
import type { References } from '../../formats/record.ts';
import { checkRecipe, RecipeError } from '../../recipe/recipe.ts';
import type { PreparedCorpus } from '../../text/corpus/prepare.ts';
import { type PreparedPair, preparePair, Shelf, tokenizePair } from '../../text/pair/pair.ts';
import { PairError } from '../../text/pair/pairError.ts';
import { tokenizerFor } from '../../text/pair/pairTokenizer.ts';
import { targetReferences } from '../../text/pair/references.ts';
import type { Tokenizer } from '../../text/tokenizer/tokenizer.ts';
import type { Corpora } from '../../train/fleet/plan.ts';
import { finalTokens } from '../../train/layout.ts';
import { readTextFile } from '../files/files.ts';
import type { Io } from '../io.ts';
import { InputError, isInputError } from '../report.ts';
import { readingLine, sayTexts, sayTokenizer, trainingLine } from '../words/texts.ts';
import { nodeOpeners } from './openers.ts';

/** A config and the file it was read from; paths in it begin at the file's folder. */
export type ConfigFile = { readonly path: string; readonly config: TrainConfig };

/** What the runs of the configs read, and are held against. */
export type TextsOfRuns = {
  readonly corporaOf: (config: TrainConfig) => Corpora;
  readonly referencesOf: (config: TrainConfig) => Promise<References>;
};

export type ReadOptions = {
  readonly io: Io;
  /** The tokenizer of a run that goes on, or of the model that it begins from; null for one that begins by itself. */
  readonly savedTokenizer: (config: TrainConfig) => Promise<Tokenizer | null>;
};

/** Reads what the configs name. Throws `ConfigError` and `InputError`, which name the file and the field. */
export function readTexts(files: readonly ConfigFile[], options: ReadOptions): Promise<TextsOfRuns> {
  return textReader(options)(files);
}

/** The same for one list of configs after another: what an earlier list named is not read again. */
export function textReader(options: ReadOptions): (files: readonly ConfigFile[]) => Promise<TextsOfRuns> {
  const reader = new TextReader(options);
  return async (files) => {
    const known = new Map<TrainConfig, Read>();
    for (const file of files) {
      try {
        known.set(file.config, await reader.read(file));
      } catch (error) {
        throw inConfig(error, file);
      }
    }
    options.io.progress('');
    const of = (config: TrainConfig) => {
      const read = known.get(config);
      if (!read) throw new RangeError(`${config.name} is none of the configs that were read`);
      return read;
    };
    return {
      corporaOf: (config) => of(config).corpora,
      referencesOf: (config) => reader.references(of(config), config),
    };
  };
}

type Read = { readonly pair: PreparedPair; readonly corpora: Corpora };

class TextReader {
  readonly #io: Io;
  readonly #savedTokenizer: ReadOptions['savedTokenizer'];
  readonly #shelf = new Shelf();
  readonly #said = new Set<PreparedCorpus>();
  readonly #tokenizers = new Map<PreparedPair, Map<string, Tokenizer>>();
  readonly #references = new Map<PreparedCorpus, Map<string, Promise<References>>>();

  constructor({ io, savedTokenizer }: ReadOptions) {
    this.#io = io;
    this.#savedTokenizer = savedTokenizer;
  }

  async read(file: ConfigFile): Promise<Read> {
    const io = this.#io;
    const { signal } = io;
    // How much of the target a tokenizer may see is the recipe's to say.
    checkRecipe(file.config.recipe);
    const folder = dirname(file.path);
    const pair = await preparePair(
      file.config.corpora,
      (field) => nodeOpeners(io, `${file.path}: corpora.${field}`),
      {
        signal,
        shelf: this.#shelf,
        locate: (path) => resolve(folder, path),
        onProgress: (read) => io.progress(readingLine(read)),
      },
    );
    for (const prepared of [pair.target, pair.source]) {
      if (!prepared || this.#said.has(prepared)) continue;
      this.#said.add(prepared);
      sayTexts(prepared, io);
    }
    const tokenizer = await this.#tokenizer(file, pair);
    io.progress('tokenising');
    return { pair, corpora: await tokenizePair(pair, tokenizer, { signal, shelf: this.#shelf }) };
  }

  async #tokenizer({ path, config }: ConfigFile, pair: PreparedPair): Promise<Tokenizer> {
    const io = this.#io;
    const { tokenizer, recipe } = config;
    const saved = tokenizer.kind === 'bpe' || config.start ? await this.#savedTokenizer(config) : null;
    if (saved) return saved;
    const known = this.#tokenizers.get(pair) ?? new Map<string, Tokenizer>();
    this.#tokenizers.set(pair, known);
    const key = JSON.stringify([tokenizer, tokenizer.kind === 'bpe' ? recipe.targetTokens : dirname(path)]);
    const before = known.get(key);
    if (before) return before;
    const made = await tokenizerFor(tokenizer, pair, recipe.targetTokens, {
      signal: io.signal,
      onProgress: (progress) => io.progress(trainingLine(progress)),
      file: async (name) => {
        const full = resolve(dirname(path), name);
        return parseJson(await readTextFile(full, `${path}: tokenizer.path`), basename(full));
      },
    });
    known.set(key, made);
    if (tokenizer.kind !== 'bytes') sayTokenizer(made, pair, io);
    return made;
  }

  references({ pair, corpora }: Read, { recipe, model }: TrainConfig): Promise<References> {
    const { targetTokens } = recipe;
    const scoredTokens = finalTokens(corpora.target.validation.length, model.context);
    const known = this.#references.get(pair.target) ?? new Map<string, Promise<References>>();
    this.#references.set(pair.target, known);
    const key = `${corpora.tokenizer.fingerprint} ${targetTokens} ${scoredTokens}`;
    let references = known.get(key);
    if (!references) {
      this.#io.progress('measuring what an n-gram of bytes makes of the target');
      const wish = { tokenizer: corpora.tokenizer, targetTokens, scoredTokens };
      references = targetReferences(pair.target, wish, { signal: this.#io.signal });
      known.set(key, references);
    }
    return references.finally(() => this.#io.progress(''));
  }
}

/** The error as one of the config's file, where it is about what a field names. */
function inConfig(error: unknown, { path }: ConfigFile): unknown {
  if (error instanceof RecipeError) return new ConfigError(path, error.field, error.problem);
  if (!(error instanceof PairError)) return error;
  const { field, problem, cause } = error;
  // An opener names the field itself.
  if (cause instanceof InputError) return cause;
  return cause === undefined || isInputError(cause) ? new ConfigError(path, field, problem) : cause;
}
