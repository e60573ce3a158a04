/** The texts that a model was trained on, where they are still here or can be told again. */

import type { CorporaConfig } from '../../formats/config.ts';
import { parseCorpusSpec } from '../../formats/corpusSpec.ts';
import type { RunRecord } from '../../formats/record.ts';
import type { Store } from '../../store/store.ts';
import type { PreparedCorpus } from '../../text/corpus/prepare.ts';
import { isAbort, unlessAborted } from '../abort.ts';
import type { Side } from '../api/texts.ts';
import { findText, type KeptText, listTexts } from '../texts/corpusFiles.ts';
import type { TextShelf } from '../texts/textShelf.ts';
import { readText } from '../texts/texts.ts';
import { prepared, TokenShelf } from '../texts/tokenShelf.ts';

const SIDES = ['target', 'source'] as const satisfies readonly Side[];

/** As the run read them; null where a text is no longer here. */
export type TrainedOn = Readonly<Record<Side, PreparedCorpus | null>>;

export type TrainingTextsOptions = {
  readonly store: Store;
  /** The texts that are open. */
  readonly texts: Pick<TextShelf, 'get'>;
};

export class TrainingTexts {
  readonly #options: TrainingTextsOptions;
  #tokens = new TokenShelf();
  /** The last text of each side that was not open: reading one takes a while, and all who ask meanwhile wait for the same. */
  readonly #last = new Map<Side, { readonly spec: string; readonly reading: Promise<KeptText | null> }>();

  constructor(options: TrainingTextsOptions) {
    this.#options = options;
  }

  /** Nothing is fetched. Rejects with the signal's reason when aborted. */
  async of({ config: { corpora } }: Pick<RunRecord, 'config'>, signal: AbortSignal): Promise<TrainedOn> {
    const target = await this.#find('target', corpora, signal);
    const source = await this.#find('source', corpora, signal);
    if (!target) return { target: null, source: source && prepared(source, corpora.nearDuplicates) };
    return this.#tokens.pair({ target, source }, corpora);
  }

  /** Lets go of what was read: others need the memory, or other texts are open. */
  forget(): void {
    this.#tokens = new TokenShelf();
    this.#last.clear();
  }

  async #find(side: Side, corpora: CorporaConfig, signal: AbortSignal): Promise<KeptText | null> {
    const spec = corpora[side];
    // Where a validation text was given, nothing of the text was held out; a text that is opened here is split.
    if (spec === null || corpora[`${side}Validation`] !== undefined) return null;
    for (const other of SIDES) {
      const open = this.#options.texts.get(other);
      if (open && isSameText(open.spec, spec)) return open;
    }
    for (;;) {
      try {
        return await unlessAborted(this.#reading(side, spec, signal), signal);
      } catch (error) {
        // Whoever had begun to read it no longer wants it.
        if (signal.aborted || !isAbort(error)) throw error;
      }
    }
  }

  #reading(side: Side, spec: string, signal: AbortSignal): Promise<KeptText | null> {
    const last = this.#last.get(side);
    if (last?.spec === spec) return last.reading;
    const begun = { spec, reading: this.#read(spec, signal) };
    this.#last.set(side, begun);
    const drop = () => {
      if (this.#last.get(side) === begun) this.#last.delete(side);
    };
    // What is not here may come, and what failed is tried anew.
    begun.reading.then((text) => text ?? drop(), drop);
    return begun.reading;
  }

  async #read(spec: string, signal: AbortSignal): Promise<KeptText | null> {
    return (await this.#kept(spec)) ?? (await toldAgain(spec, signal));
  }

  async #kept(spec: string): Promise<KeptText | null> {
    const { store } = this.#options;
    const found = (await listTexts(store)).find((text) => isSameText(text.spec, spec));
    return found ? findText(store, found.key) : null;
  }
}

/** The world tells its stories whenever they are asked for. */
async function toldAgain(spec: string, signal: AbortSignal): Promise<KeptText | null> {
  if (parseCorpusSpec(spec).scheme !== 'world') return null;
  return readText({ kind: 'spec', spec }, { openers: { fetch: noFetch, cache: null }, signal });
}

/** A file is the same text when its documents are, and as much is taken of them, whatever it is called. */
function isSameText(a: string, b: string): boolean {
  const [one, other] = [parseCorpusSpec(a), parseCorpusSpec(b)];
  if (one.scheme !== 'file' || other.scheme !== 'file') return a === b;
  return one.sha256 !== null && one.sha256 === other.sha256 && one.bytes === other.bytes;
}

function noFetch(url: string): Promise<Response> {
  throw new RangeError(`a story of the world is not fetched from ${url}`);
}
