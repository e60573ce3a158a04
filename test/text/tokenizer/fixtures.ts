import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import type { Bpe } from '../../../src/text/tokenizer/bpe.ts';
import { trainBpe } from '../../../src/text/tokenizer/training/trainBpe.ts';

const WORDS = {
  english: `the a old young farmer teacher child walked slowly quickly towards market river house garden because
    yesterday morning nobody could remember where they'd hidden golden keys it's raining 1998 2024 "Where?" said, and don't`,
  swahili: `mtoto watoto mwalimu walimu alikwenda wanakwenda sokoni nyumbani shuleni kwa sababu jana asubuhi kitabu vitabu
    hawakukumbuka ng'ombe mkubwa mdogo wazuri anapenda hakupenda 15 tarehe "Habari?" alisema, na lakini`,
  indonesian: `anak anak-anak guru berjalan perlahan-lahan menuju pasar sungai rumah kebun karena kemarin pagi tidak seorang
    pun mengingat di mana mereka menyembunyikan kunci emas hujan 2023 "Mengapa?" katanya, dan tetapi membacakan`,
  japanese: `子供は 先生が 市場へ 歩いて行きました。 昨日の朝、 誰も 覚えていなかった 金色の鍵を 庭に 隠したのですが、
    「どうして？」と 言いました。 雨が降っている カーテンの 後ろに 二〇二四年 ですから しかし 学校 家`,
} as const;

type Language = keyof typeof WORDS;
export const LANGUAGES = Object.keys(WORDS) as Language[];

/** Documents of words in a fixed random order; Japanese ones without spaces. */
export function documentsOf(language: Language, count: number): string[] {
  const words = WORDS[language].split(/\s+/);
  let state = 12345;
  const below = (limit: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % limit;
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: 6 + below(10) }, () => words[below(words.length)]).join(
      language === 'japanese' ? '' : ' ',
    ),
  );
}

export const MIXED: readonly string[] = LANGUAGES.flatMap((language) => documentsOf(language, 40));

let trained: Promise<Bpe> | undefined;
/** A BPE of 700 tokens trained on four languages; the same at every call. */
export function smallBpe(): Promise<Bpe> {
  trained ??= trainBpe({ texts: [{ documents: MIXED, share: 1 }], vocabulary: 700 });
  return trained;
}

/** Texts on which tokenizers are known to differ, all in normal form C. */
export const TRICKY: readonly string[] = [
  '',
  ' ',
  'a',
  'é ß ñ İ ǅ',
  '  two  spaces   three    ',
  'tab\there\n\nlines\r\n \n\t ',
  `${' '.repeat(100)}x${'\n'.repeat(70)}`,
  "it's I'm they'll we've you'd he's 'tis 'S rock'n'roll can't",
  '1234567890 12,345.67 ½ ² ٣٤٥ 五',
  '!!!??? -- … “quoted” ‘single’ <|endoftext> #@%&*()',
  '吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。',
  'あ'.repeat(200),
  'カーテン　全角　ＡＢＣ１２３',
  'नमस्ते दुनिया สวัสดีชาวโลก مرحبا بالعالم שלום 안녕하세요 Привет',
  'q\u0303 n\u0308\u0324x \u0301alone',
  '🙂🙃 👩‍👩‍👧‍👦 🏳️‍🌈 🇮🇩 👍🏽',
  '\u0085\u00a0\u2003\u3000\u200b\ufeffx\u2028y',
  'supercalifragilisticexpialidocious'.repeat(20),
  '=-'.repeat(300),
  '𝒳𝒴 𐍈 \u{10FFFF} \u{E000}',
  '__proto__ constructor toString',
  // Every code point below U+0300, and so every byte that UTF-8 has in two places or fewer.
  Array.from({ length: 0x300 }, (_, code) => String.fromCodePoint(code)).join(''),
  Array.from({ length: 0xf5 - 0xe0 }, (_, i) => String.fromCodePoint(0x1000 * (i + 1))).join(' '),
].map((text) => text.normalize('NFC'));

/** What the library makes of a `tokenizer.json` that went through a file. */
export function libraryIds(json: unknown, text: string): number[] {
  const library = new LibraryTokenizer(JSON.parse(JSON.stringify(json)), {});
  return library.encode(text, { add_special_tokens: false }).ids;
}

const SPECIAL = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
export const addedToken = (id: number, content: string) => ({ id, content, ...SPECIAL });

/** BPE with byte fallback as Hugging Face converts it from SentencePiece, in the manner of Llama 2. */
export function llamaFile() {
  const merges = ['▁ t', '▁t h', '▁th e', 'a n', 'an d', '▁ and', 'k a', '▁ w', '▁w a'];
  const letters = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).filter((c) => c !== ' ');
  const names = [
    '<unk>',
    '<s>',
    '</s>',
    ...Array.from({ length: 256 }, (_, b) => `<0x${b.toString(16).toUpperCase().padStart(2, '0')}>`),
    '▁',
    ...letters,
    ...merges.map((merge) => merge.replace(' ', '')),
  ];
  return {
    version: '1.0',
    added_tokens: [addedToken(0, '<unk>'), addedToken(1, '<s>'), addedToken(2, '</s>')],
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'Prepend', prepend: '▁' },
        { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
      ],
    },
    pre_tokenizer: null as unknown,
    post_processor: null,
    decoder: {
      type: 'Sequence',
      decoders: [
        { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
        { type: 'ByteFallback' },
        { type: 'Fuse' },
        { type: 'Strip', content: ' ', start: 1, stop: 0 },
      ],
    },
    model: {
      type: 'BPE',
      unk_token: '<unk>',
      fuse_unk: true,
      byte_fallback: true,
      vocab: Object.fromEntries(names.map((name, id) => [name, id])),
      merges,
    },
  };
}

/** Unigram over printable ASCII and a few pieces, in the manner of T5. */
export function unigramFile() {
  const letters = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i));
  return {
    version: '1.0',
    added_tokens: [addedToken(0, '<pad>'), addedToken(1, '</s>'), addedToken(2, '<unk>')],
    normalizer: null as unknown,
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
    post_processor: null,
    decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
    model: {
      type: 'Unigram',
      unk_id: 2,
      vocab: [
        ['<pad>', 0],
        ['</s>', 0],
        ['<unk>', 0],
        ['▁', -2],
        ['▁the', -3],
        ['and', -4],
        ...letters.map((letter): [string, number] => [letter, -6]),
      ] as [string, number][],
    },
  };
}

/** Byte-level BPE as GPT-2 has it, its end of a document last; made of a trained one. */
export function gpt2File(bpe: Bpe) {
  const file = JSON.parse(JSON.stringify(bpe.file()));
  const end = bpe.vocabulary;
  delete file.model.vocab['<|endoftext|>'];
  file.model.vocab['<|endoftext|>'] = end;
  file.added_tokens = [addedToken(end, '<|endoftext|>')];
  file.normalizer = null;
  file.post_processor = null;
  file.pre_tokenizer = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true };
  file.decoder = { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true };
  return file;
}
