/** The corpora of a config, from specs to tokens: opened, prepared together, and tokenised by what pairTokenizer.ts gives. */

import type { CorporaConfig } from '../../formats/config.ts';
import { type CorpusSpec, parseCorpusSpec } from '../../formats/corpusSpec.ts';
import { type Corpus, tokenizeCorpus } from '../corpus/corpus.ts';
import { type PreparedCorpus, prepareCorpus, withoutTranslations } from '../corpus/prepare.ts';
import { TextError } from '../errors.ts';
import { type OpenedCorpus, type Openers, openCorpus } from '../openCorpus.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import { changedText } from './askedHash.ts';
import { inField, PairError } from './pairError.ts';
import { inParallel, unequalPlaces } from './parallel.ts';

export type Side = 'target' | 'source';
/** Where a spec stands in the config. */
export type CorpusField = 'target' | 'source' | 'targetValidation' | 'sourceValidation';

export type PreparedPair = { readonly target: PreparedCorpus; readonly source: PreparedCorpus | null };

/** What a run trains and validates on, and the tokenizer that made it. */
export type TokenizedPair = {
  readonly target: Corpus;
  readonly source: Corpus | null;
  readonly tokenizer: Tokenizer;
};

/** Reading of one text. `totalBytes` is 0 where it is not known. */
export type ReadProgress = {
  readonly field: CorpusField;
  readonly bytes: number;
  readonly totalBytes: number;
};

/**
 * What was read for one pair, for the next: a text of several pairs is read once, and the same text under the same tokenizer is one
 * object, by which a trainer knows that runs may share it.
 */
export class Shelf {
  readonly prepared = new Map<string, PreparedCorpus>();
  readonly pairs = new Map<string, PreparedPair>();
  readonly tokenized = new WeakMap<PreparedCorpus, Map<string, Corpus>>();
}

export type PairOptions = {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((read: ReadProgress) => void) | undefined;
  /** The full path of a file, where those of specs are not. */
  readonly locate?: ((path: string) => string) | undefined;
  readonly shelf?: Shelf | undefined;
  /**
   * Gives a text that lies here prepared already, as the config wants it; null where it is to be read. Not asked for texts that bring
   * their own validation text or are parallel: these are split otherwise.
   */
  readonly kept?:
    | ((spec: CorpusSpec, nearDuplicates: CorporaConfig['nearDuplicates']) => Promise<PreparedCorpus | null>)
    | undefined;
};

/**
 * Reads target and source. Neither trains on what the other validates on, nor on a translation of it; near-duplicates are looked for
 * within each alone. Texts that the config calls parallel are read a document a line, and must hold as many documents.
 * Throws {@link PairError}, which names the field and has what went wrong as its cause; rejects with the signal's reason when aborted.
 */
export async function preparePair(
  corpora: CorporaConfig,
  openers: Openers | ((field: CorpusField) => Openers),
  options: PairOptions = {},
): Promise<PreparedPair> {
  const reader = new Reader(corpora, openers, { ...options, shelf: options.shelf ?? new Shelf() });
  return reader.pair();
}

class Reader {
  private readonly corpora: CorporaConfig;
  private readonly openersOf: (field: CorpusField) => Openers;
  private readonly options: PairOptions & { readonly shelf: Shelf };

  constructor(
    corpora: CorporaConfig,
    openers: Openers | ((field: CorpusField) => Openers),
    options: PairOptions & { readonly shelf: Shelf },
  ) {
    this.corpora = corpora;
    this.openersOf = typeof openers === 'function' ? openers : () => openers;
    this.options = options;
  }

  async pair(): Promise<PreparedPair> {
    const target = await this.side('target');
    if (this.corpora.source === null) return { target: target.prepared, source: null };
    const source = await this.side('source');
    const { pairs } = this.options.shelf;
    const key = JSON.stringify([target.key, source.key]);
    const problem = this.corpora.parallel === true ? unequalPlaces(target, source) : null;
    if (problem !== null) throw new PairError('corpora.source', problem);
    const pair = pairs.get(key) ?? apart(target.prepared, source.prepared);
    pairs.set(key, pair);
    return pair;
  }

  private async side(side: Side): Promise<{ key: string; spec: CorpusSpec; prepared: PreparedCorpus }> {
    const field = `${side}Validation` as const;
    const spec = this.specOf(side);
    if (!spec) throw new RangeError(`there is no ${side}`);
    const validation = this.specOf(field);
    const { parallel = false, nearDuplicates = 'report' } = this.corpora;
    const key = JSON.stringify([
      unhashed(spec),
      validation && unhashed(validation),
      parallel,
      nearDuplicates,
    ]);
    const { prepared: known } = this.options.shelf;
    const prepared =
      known.get(key) ??
      (await this.kept(side, spec, validation)) ??
      (await this.read(side, spec, validation));
    known.set(key, prepared);
    checkHash(side, spec, prepared.name, prepared.sha256);
    if (validation) checkHash(field, validation, `its text`, prepared.validationSha256);
    return { key, spec, prepared };
  }

  private async kept(
    side: Side,
    spec: CorpusSpec,
    validation: CorpusSpec | null,
  ): Promise<PreparedCorpus | null> {
    const { kept, signal } = this.options;
    if (!kept || validation || this.corpora.parallel === true) return null;
    try {
      return await kept(spec, this.corpora.nearDuplicates);
    } catch (error) {
      throw inField(`corpora.${side}`, error, signal);
    }
  }

  private specOf(field: CorpusField): CorpusSpec | null {
    const text = this.corpora[field];
    if (text === undefined || text === null) return null;
    try {
      const written = parseCorpusSpec(text);
      const spec = this.corpora.parallel === true ? inParallel(written) : written;
      const { locate } = this.options;
      return spec.scheme === 'file' && locate ? { ...spec, path: locate(spec.path) } : spec;
    } catch (error) {
      throw inField(`corpora.${field}`, error, this.options.signal);
    }
  }

  private async read(side: Side, spec: CorpusSpec, validation: CorpusSpec | null): Promise<PreparedCorpus> {
    const { signal, onProgress } = this.options;
    const { parallel, nearDuplicates = 'report' } = this.corpora;
    const validationField = `${side}Validation` as const;
    const text = await this.open(side, spec);
    const held = validation && (await this.open(validationField, validation));
    // The world tells nothing while it is told; its size is what was asked for.
    const worldBytes = [spec, validation].reduce(
      (sum, one) => sum + (one?.scheme === 'world' ? one.bytes : 0),
      0,
    );
    try {
      return await prepareCorpus({
        name: text.name,
        documents: text.documents,
        ...(text.maxBytes !== null && { maxBytes: text.maxBytes }),
        ...(held && {
          validation: this.named(held.documents, validationField),
          validationName: held.name,
          ...(held.maxBytes !== null && { validationMaxBytes: held.maxBytes }),
        }),
        split: parallel === true ? 'number' : 'text',
        nearDuplicates,
        signal,
        ...(worldBytes > 0 && {
          onProgress: ({ bytes }) => onProgress?.({ field: side, bytes, totalBytes: worldBytes }),
        }),
      });
    } catch (error) {
      const isOfValidation =
        error instanceof TextError && held !== null && error.file === held.name && held.name !== text.name;
      throw inField(`corpora.${isOfValidation ? validationField : side}`, error, signal);
    }
  }

  private async open(field: CorpusField, spec: CorpusSpec): Promise<OpenedCorpus> {
    const { signal, onProgress } = this.options;
    try {
      return await openCorpus(spec, this.openersOf(field), {
        signal,
        onProgress: (bytes, totalBytes) => onProgress?.({ field, bytes, totalBytes }),
      });
    } catch (error) {
      throw inField(`corpora.${field}`, error, signal);
    }
  }

  /** Documents whose errors name the field. */
  private async *named<T>(documents: AsyncIterable<T>, field: CorpusField): AsyncGenerator<T> {
    try {
      yield* documents;
    } catch (error) {
      throw inField(`corpora.${field}`, error, this.options.signal);
    }
  }
}

function apart(target: PreparedCorpus, source: PreparedCorpus): PreparedPair {
  const without = (side: Side, corpus: PreparedCorpus, other: PreparedCorpus) => {
    try {
      return withoutTranslations(corpus, other);
    } catch (error) {
      throw inField(`corpora.${side}`, error, undefined);
    }
  };
  return { target: without('target', target, source), source: without('source', source, target) };
}

/** The hash that a spec asks for says nothing about what is read. */
function unhashed(spec: CorpusSpec): CorpusSpec {
  return 'sha256' in spec ? { ...spec, sha256: null } : spec;
}

function checkHash(field: CorpusField, spec: CorpusSpec, name: string, found: string | null): void {
  const where = spec.scheme === 'file' ? spec.path : name;
  const problem = changedText(spec, found, { name: where, asker: 'the config' });
  if (problem !== null) throw new PairError(`corpora.${field}`, problem);
}

/** Tokenises a pair. Rejects with the signal's reason when aborted. */
export async function tokenizePair(
  { target, source }: PreparedPair,
  tokenizer: Tokenizer,
  { signal, shelf = new Shelf() }: Pick<PairOptions, 'signal' | 'shelf'> = {},
): Promise<TokenizedPair> {
  const tokenizeOnce = async (prepared: PreparedCorpus) => {
    const known = shelf.tokenized.get(prepared) ?? new Map<string, Corpus>();
    shelf.tokenized.set(prepared, known);
    const corpus =
      known.get(tokenizer.fingerprint) ?? (await tokenizeCorpus(prepared, tokenizer, { signal }));
    known.set(tokenizer.fingerprint, corpus);
    return corpus;
  };
  return { target: await tokenizeOnce(target), source: source && (await tokenizeOnce(source)), tokenizer };
}
