/** What a config says of the model that its run begins from, and what it takes from it. */

import type { ModelConfig, TokenizerConfig, TrainConfig } from '../../formats/config.ts';
import { ConfigError } from '../../formats/configError.ts';
import { canonicalJson, isObject } from '../../formats/json.ts';
import type { StartConfig } from '../../formats/start.ts';
import { byteTokenizer } from '../../text/tokenizer/bytes.ts';
import { TOKENIZER_FILE } from '../checkpoint/checkpoint.ts';
import type { StartModel } from './start.ts';

/** All that a config needs to know of a model. */
export type StartFacts = {
  readonly start: StartConfig;
  readonly model: ModelConfig;
  readonly tokenizer: TokenizerConfig;
};

export function startConfig({ name, fingerprint, moments }: StartModel): StartConfig {
  return {
    name,
    fingerprint,
    ...(moments && { moments: { step: moments.step, fingerprint: moments.fingerprint } }),
  };
}

export function startFacts(model: StartModel): StartFacts {
  const { layers, width, heads, mlp, context, tied } = model.config;
  const { fingerprint } = model.tokenizer;
  return {
    start: startConfig(model),
    model: { layers, width, heads, mlp, context, tied },
    tokenizer:
      fingerprint === byteTokenizer.fingerprint
        ? { kind: 'bytes' }
        : { kind: 'file', path: TOKENIZER_FILE, fingerprint },
  };
}

/** The same from the record of a run that began from a model, to go on with it; null for one that did not. */
export function factsOfRecord({ start, model, tokenizer }: TrainConfig): StartFacts | null {
  return start ? { start, model, tokenizer } : null;
}

/**
 * The JSON of a config with what it does not say taken from the model that its run begins from: the fields of `model`, the tokenizer, and
 * `start` itself. What it does say must be so. Throws {@link ConfigError}, which names `file` and the field; what is no config at all
 * stays as it is.
 */
export function withStart(json: unknown, file: string, { start, model, tokenizer }: StartFacts): unknown {
  if (!isObject(json)) return json;
  if (json.start !== undefined) checkGiven(json.start, start, file);
  const given = json.model ?? {};
  if (!isObject(given)) return json;
  for (const [field, value] of Object.entries(model)) {
    // The context is no weight: a model may be trained on with shorter windows.
    if (field === 'context' && Number(given.context) < model.context) continue;
    if (given[field] === undefined || given[field] === value) continue;
    const words = field === 'context' ? longerContext : otherModel;
    throw new ConfigError(file, `model.${field}`, words(given[field], value, start.name));
  }
  if (json.tokenizer !== undefined) checkTokenizer(json.tokenizer, tokenizer, start.name, file);
  return { ...json, model: { ...model, ...given }, tokenizer, start };
}

/** What is wrong with a value of a config, in words. */
export function otherModel(given: unknown, has: unknown, name: string): string {
  return `${JSON.stringify(given)} is not what ${name} has, the model that the run begins from (${JSON.stringify(has)}); leave the field out, or give its value`;
}

/** The same of a context, which may be shorter. */
export function longerContext(given: unknown, has: unknown, name: string): string {
  return `${JSON.stringify(given)} is not a context that ${name} can have, the model that the run begins from: at most ${JSON.stringify(has)}, the positions that it was trained on`;
}

function checkGiven(given: unknown, start: StartConfig, file: string): void {
  // What is no start at all, the schema refuses.
  if (!isObject(given)) return;
  if (given.fingerprint !== start.fingerprint) {
    throw new ConfigError(
      file,
      'start.fingerprint',
      `the config begins from ${String(given.name)} (${String(given.fingerprint)}), and ${start.name} is another model (${start.fingerprint})`,
    );
  }
  const [wants, has] = [given.moments, start.moments].map((moments) => canonicalJson(moments ?? null));
  if (wants === has) return;
  throw new ConfigError(
    file,
    'start.moments',
    wants === 'null'
      ? 'the config begins with fresh moments of AdamW, and those of the model were asked for'
      : 'the config goes on with moments of AdamW, and it is not these that were given',
  );
}

function checkTokenizer(given: unknown, tokenizer: TokenizerConfig, name: string, file: string): void {
  const { kind, fingerprint } = isObject(given) ? given : {};
  const isSame =
    kind === tokenizer.kind && (tokenizer.kind !== 'file' || fingerprint === tokenizer.fingerprint);
  if (isSame) return;
  throw new ConfigError(
    file,
    'tokenizer',
    `a run that begins from a model reads with its tokenizer, and that of ${name} is ${tokenizer.kind === 'bytes' ? 'bytes' : 'its own'}; leave the field out`,
  );
}
