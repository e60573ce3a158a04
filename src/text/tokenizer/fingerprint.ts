import { canonicalJson } from '../../formats/json.ts';
import { Sha256 } from '../sha256.ts';
import type { TokenizerJson } from './tokenizer.ts';

/** Two tokenizers with one fingerprint give the same tokens. 64 hexadecimal digits; order of fields and white space do not count. */
export function fingerprintOf(json: TokenizerJson): string {
  return new Sha256().update(new TextEncoder().encode(canonicalJson(json))).hex();
}
