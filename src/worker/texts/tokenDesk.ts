/** Hands the open texts to whoever plans or trains a fleet: as tokens of the fleet's own tokenizer, which is trained where it has to be. */

import type { TrainConfig } from '../../formats/config.ts';
import { targetSubset } from '../../text/corpus/corpus.ts';
import { type NgramReference, referenceBitsPerByte } from '../../text/corpus/reference.ts';
import type { TokenizedPair } from '../../text/pair/pair.ts';
import type { Tokenizer } from '../../text/tokenizer/tokenizer.ts';
import type { Side, TextCommand } from '../api/texts.ts';
import { NotNowError } from '../failures.ts';
import type { FleetJob } from '../fleetRun.ts';
import { Latest } from '../latest.ts';
import type { Teller } from '../teller.ts';
import type { KeptText } from './corpusFiles.ts';
import type { TextShelf } from './textShelf.ts';
import { tokenizerFacts } from './tokenizerFacts.ts';
import { type OpenTexts, type TokenOptions, TokenShelf } from './tokenShelf.ts';

export type ReferenceWish = Extract<TextCommand, { command: 'reference' }>;

export class TokenDesk {
  readonly #texts: TextShelf;
  readonly #teller: Teller;
  readonly #tokens = new TokenShelf();
  readonly #latest = new Latest<'reference'>();

  constructor(texts: TextShelf, teller: Teller) {
    this.#texts = texts;
    this.#teller = teller;
  }

  /** What the configs would read, as far as it is known without training a tokenizer; `given` is that of the model they start from. */
  atMost(configs: readonly TrainConfig[], given?: Tokenizer): Promise<TokenizedPair> {
    return this.#tokens.atMost(this.#open(), firstOf(configs), { given });
  }

  /**
   * What a fleet reads of two texts, and is held against; all its runs share texts and tokenizer. The signal breaks off the training of
   * a tokenizer; one that is `given` comes from the model that they start from.
   */
  job(
    configs: readonly TrainConfig[],
    texts: Readonly<Record<Side, KeptText>>,
    signal: AbortSignal,
    given?: Tokenizer,
  ): Pick<FleetJob, 'configs' | 'corpora' | 'references' | 'signal'> {
    return {
      configs,
      signal,
      corpora: () => this.#corpora(firstOf(configs), texts, { signal, given }),
      references: async (config) => {
        const references = await this.#tokens.references(texts, config, { given });
        this.#teller.tell({ event: 'references', references });
        return references;
      },
    };
  }

  /** The n-gram reference of the open target text. */
  reference(wish: ReferenceWish, signal: AbortSignal): Promise<NgramReference> {
    return this.#latest.run('reference', signal, (latest) => this.#reference(wish, latest));
  }

  async #reference({ targetTokens, tokenizer }: ReferenceWish, signal: AbortSignal): Promise<NgramReference> {
    const texts = this.#open();
    const pair = this.#tokens.pair(texts, { target: texts.target.spec, source: texts.source?.spec ?? null });
    const chosen = await this.#tokens.tokenizer(pair, { tokenizer, recipe: { targetTokens } }, { signal });
    const { bytes } = targetSubset(pair.target, chosen, targetTokens);
    return referenceBitsPerByte(pair.target, bytes, { signal });
  }

  async #corpora(config: TrainConfig, texts: OpenTexts, options: TokenOptions): Promise<TokenizedPair> {
    const onProgress = (round: number, share: number) =>
      this.#teller.tell({ event: 'tokenizing', round, share });
    const tokens = await this.#tokens.tokens(texts, config, { ...options, onProgress });
    this.#teller.tell({ event: 'tokenizer', facts: tokenizerFacts(tokens) });
    return tokens;
  }

  #open(): OpenTexts {
    const target = this.#texts.get('target');
    if (!target) throw new NotNowError('There is no target text yet.');
    return { target, source: this.#texts.get('source') };
  }
}

function firstOf([config]: readonly TrainConfig[]): TrainConfig {
  if (!config) throw new RangeError('there is no config');
  return config;
}
