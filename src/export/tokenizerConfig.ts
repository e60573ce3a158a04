/**
 * `tokenizer_config.json`: what transformers and transformers.js ask beside `tokenizer.json` to give the ids that the model was trained on.
 * Source of the fields: transformers, `PreTrainedTokenizerBase`.
 */

import { fieldsOf } from '../text/tokenizer/file/byteLevel.ts';
import type { Tokenizer, TokenizerJson } from '../text/tokenizer/tokenizer.ts';

/** The value of `tokenizer_config.json`; `context` in tokens. */
export function tokenizerConfig(tokenizer: Tokenizer, context: number): Record<string, unknown> {
  const { endOfDocument } = tokenizer;
  const text = textOfToken(tokenizer.file(), endOfDocument);
  return {
    // Takes tokenizer.json for what it is. Named ones, Llama's too, put parts of their own in its place.
    tokenizer_class: 'PreTrainedTokenizerFast',
    model_max_length: context,
    bos_token: text,
    eos_token: text,
    pad_token: text,
    added_tokens_decoder: {
      [endOfDocument]: {
        content: text,
        lstrip: false,
        normalized: false,
        rstrip: false,
        single_word: false,
        special: true,
      },
    },
    // The default names token_type_ids as well, which a Llama refuses.
    model_input_names: ['input_ids', 'attention_mask'],
    // Else spaces before punctuation are lost.
    clean_up_tokenization_spaces: false,
    padding_side: 'left',
  };
}

/** How a token is spelled in a `tokenizer.json`. Throws a `RangeError` where the file has no such token. */
export function textOfToken(json: TokenizerJson, token: number): string {
  const added = listOf(json.added_tokens).find((entry) => fieldsOf(entry).id === token);
  const ofAdded = fieldsOf(added).content;
  if (typeof ofAdded === 'string') return ofAdded;
  const { vocab } = fieldsOf(json.model);
  const ofModel: unknown = Array.isArray(vocab)
    ? vocab[token]?.[0]
    : Object.entries(fieldsOf(vocab)).find(([, id]) => id === token)?.[0];
  if (typeof ofModel === 'string') return ofModel;
  throw new RangeError(`tokenizer.json has no token ${token}`);
}

/**
 * Whether the file itself puts the end-of-document token, and nothing else, before a text and nothing behind it, as the model saw every
 * text begin. Ours do; one that was brought along may not, and whoever uses it elsewhere has to.
 */
export function beginsWithEndOfDocument(tokenizer: Tokenizer): boolean {
  const templates = processorsOf(tokenizer.file().post_processor).filter(
    // It changes places in the text, and no tokens.
    ({ type }) => type !== 'ByteLevel',
  );
  const [template, ...others] = templates;
  if (template?.type !== 'TemplateProcessing' || others.length > 0) return false;
  const [first, second, ...more] = listOf(template.single);
  const name = fieldsOf(fieldsOf(first).SpecialToken).id;
  if (typeof name !== 'string' || more.length > 0) return false;
  const { ids } = fieldsOf(fieldsOf(template.special_tokens)[name]);
  return 'Sequence' in fieldsOf(second) && listOf(ids).join() === String(tokenizer.endOfDocument);
}

/** A post-processor, or those that one is made of, in order. */
function processorsOf(json: unknown): readonly Readonly<Record<string, unknown>>[] {
  const processor = fieldsOf(json);
  if (processor.type !== 'Sequence') return processor.type === undefined ? [] : [processor];
  return listOf(processor.processors).flatMap(processorsOf);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
