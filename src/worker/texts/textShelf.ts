/** The two texts that are open: read, described, kept in the store, and tokenised for whoever trains on them. */

import { parseCorpusSpec } from '../../formats/corpusSpec.ts';
import type { Store } from '../../store/store.ts';
import { TextCache } from '../../store/textCache.ts';
import { describeRemote, type RemoteDescription } from '../../text/remote/describeRemote.ts';
import type { Fetch } from '../../text/remote/exchange.ts';
import type { HubAddresses } from '../../text/remote/huggingFace.ts';
import type { CorpusFacts, CorpusOrigin, Side } from '../api/texts.ts';
import { NotNowError } from '../failures.ts';
import { Latest } from '../latest.ts';
import type { Notebook } from '../notebook.ts';
import { sentenceOf } from '../sentence.ts';
import type { Teller } from '../teller.ts';
import { findText, type KeptText, keepText } from './corpusFiles.ts';
import { corpusFacts, readText } from './texts.ts';

export type TextShelfOptions = {
  readonly store: Store;
  readonly fetch: Fetch;
  /** The hub of datasets, where it is not Hugging Face's own. */
  readonly hub?: HubAddresses;
  readonly notes: Notebook;
  readonly teller: Teller;
  /** Throws where texts may not change now. */
  readonly checkMayChange: () => void;
  /** Hears that other texts are open. */
  readonly onChange?: () => void;
};

export class TextShelf {
  readonly #options: TextShelfOptions;
  readonly #cache: TextCache;
  readonly #texts: Record<Side, KeptText | null> = { target: null, source: null };
  /** What is under way for a side: a person who asks for another text no longer waits for the first. */
  readonly #latest = new Latest<Side>();

  constructor(options: TextShelfOptions) {
    this.#options = options;
    this.#cache = new TextCache(options.store, (words) =>
      options.teller.tell({ event: 'notice', message: sentenceOf(words) }),
    );
  }

  get(side: Side): KeptText | null {
    return this.#texts[side];
  }

  /** Both texts. Throws where one is missing. */
  pair(): Readonly<Record<Side, KeptText>> {
    const { target, source } = this.#texts;
    if (!target || !source) throw new NotNowError('Two texts are needed before a fleet can train.');
    return { target, source };
  }

  /** Takes the text of that key, or none where there is none that can be read. */
  async open(side: Side, key: string | null): Promise<CorpusFacts | null> {
    const kept = key === null ? null : await findText(this.#options.store, key).catch(() => null);
    this.#put({ [side]: kept });
    return kept && corpusFacts(side, kept);
  }

  /** Takes texts that have been read back by somebody else. */
  take(texts: Readonly<Record<Side, KeptText>>): Readonly<Record<Side, CorpusFacts>> {
    this.#put(texts);
    return { target: corpusFacts('target', texts.target), source: corpusFacts('source', texts.source) };
  }

  read(side: Side, origin: CorpusOrigin, signal: AbortSignal): Promise<CorpusFacts> {
    return this.#latest.run(side, signal, (latest) => this.#read(side, origin, latest));
  }

  /** Says what fetching a side's text would take. Throws `CorpusSpecError` and what {@link describeRemote} throws. */
  describe(side: Side, spec: string, signal: AbortSignal): Promise<RemoteDescription> {
    return this.#latest.run(side, signal, (latest) => this.#describe(spec, latest));
  }

  /** Puts texts into the store once more: another tab may have thrown them away since they were read. */
  async keep({ target, source }: Readonly<Record<Side, KeptText>>): Promise<void> {
    await keepText(this.#options.store, target);
    await keepText(this.#options.store, source);
  }

  async #read(side: Side, origin: CorpusOrigin, signal: AbortSignal): Promise<CorpusFacts> {
    const { store, fetch, hub, notes, teller, checkMayChange } = this.#options;
    checkMayChange();
    const kept = await readText(origin, {
      openers: { fetch, cache: this.#cache, ...(hub && { hub }) },
      signal,
      onProgress: (bytes, totalBytes) => teller.tell({ event: 'reading', side, bytes, totalBytes }),
    });
    // A large text takes a while, and a fleet may have begun in the meantime.
    checkMayChange();
    await notes.change(async (session) => {
      const key = await keepText(store, kept);
      return { ...session, corpora: { ...session.corpora, [side]: key } };
    });
    this.#put({ [side]: kept });
    return corpusFacts(side, kept);
  }

  #put(texts: Partial<Readonly<Record<Side, KeptText | null>>>): void {
    Object.assign(this.#texts, texts);
    this.#options.onChange?.();
  }

  async #describe(text: string, signal: AbortSignal): Promise<RemoteDescription> {
    const spec = parseCorpusSpec(text);
    if (spec.scheme !== 'hf' && spec.scheme !== 'https') {
      throw new NotNowError('Only a corpus elsewhere needs to be fetched.');
    }
    const { fetch, hub } = this.#options;
    return describeRemote(spec, { fetch, cache: this.#cache, signal, ...(hub && { hub }) });
  }
}
