/**
 * Whether a tokenizer gives back what it was given. One that drops case, or takes rare characters for one unknown token, has less to
 * predict, and its bits per byte look better than they are.
 */

import { TokenizerError } from '../errors.ts';
import type { Tokenizer } from '../tokenizer.ts';

type Coder = Pick<Tokenizer, 'encode' | 'decode'>;

/** Without these no language here can be measured. */
const PLAIN: readonly string[] = [
  `The old man asked: "Who took Anna's 12 apples?"`,
  'Watoto walicheza nje, kisha wakaingia ndani (saa 3).',
  'Anak-anak itu membaca buku-buku; Ibu tersenyum!',
];

/** What a text may hold besides, by the name it has in a warning. */
const RICH: readonly (readonly [name: string, text: string])[] = [
  ['letters with accents', 'Größe, señor, café, İstanbul, Đà Nẵng'],
  ['Japanese', '吾輩は猫である。名前はまだ無い。「カーテン」'],
  ['full-width characters', 'ＡＢＣ１２３　！'],
  ['other scripts', 'Привет, नमस्ते, สวัสดี, مرحبا, 안녕'],
  ['marks on their own', 'q\u0303 n\u0308x'],
  ['typographic signs', '“so…” – ½ ² ™ €'],
  ['emoji', '🙂👩‍👩‍👧'],
  ['runs of spaces', 'a  b   c'],
  ['tabs and line breaks', 'a\tb\n\nc'],
];

/** Whether `text` comes back as it was. */
export function givesBack(tokenizer: Coder, text: string): boolean {
  return tokenizer.decode(tokenizer.encode(text)) === text;
}

/**
 * What a person should know about a tokenizer that changes some texts, in sentences; none where it changes none of those tried.
 * Throws {@link TokenizerError} where it changes plain text.
 */
export function checkFidelity(tokenizer: Coder, file: string): string[] {
  for (const text of PLAIN) {
    const back = tokenizer.decode(tokenizer.encode(text));
    if (back === text) continue;
    throw new TokenizerError(
      file,
      '',
      `this tokenizer changes plain text: ${JSON.stringify(text)} comes back as ${JSON.stringify(back)}, so losses in bits per byte would be wrong; bring one that keeps the text`,
    );
  }
  const changed = RICH.filter(([, text]) => !givesBack(tokenizer, text));
  if (changed.length === 0) return [];
  const names = changed.map(([name]) => name).join(', ');
  return [
    `${file} does not give back every text (${names}); where a text has such parts, its bits per byte are too low.`,
  ];
}
