/**
 * Corpora elsewhere that can be chosen by name: Wikipedia in some large languages and in more that have little text, as
 * the Wikimedia Foundation gives it out on the Hugging Face hub (wikimedia/wikipedia, snapshot of 1 November 2023).
 *
 * The licence and the columns (`id`, `url`, `title`, `text`) are those of the dataset's card. Sizes are those of the parquet
 * files in the commits that added them, and numbers of articles those of the card's `dataset_info`, as far as they could be
 * looked up when this was written; what could not is null, and is asked of the server before anything is fetched. The
 * parquet files hold titles and addresses as well, which are not fetched, and are packed about 2 to 1.
 */

export type CatalogueEntry = {
  /** The spec of the corpus. */
  readonly spec: string;
  /** ISO 639-1, or 639-3 where that has none. */
  readonly code: string;
  /** The language in English, and in itself. */
  readonly language: string;
  readonly ownName: string;
  readonly script: string;
  readonly licence: string;
  /** Of all files on the server; null where it is asked of the server first. */
  readonly bytesOnServer: number | null;
  /** Null where it is not known. */
  readonly articles: number | null;
};

const SNAPSHOT = '20231101';
const LICENCE = 'CC BY-SA 3.0 and GFDL';

/** Sorted: the languages that the world is told in first, then by name. */
export const CATALOGUE: readonly CatalogueEntry[] = [
  wikipedia('en', 'English', 'English', 'Latin', null, null),
  wikipedia('id', 'Indonesian', 'Bahasa Indonesia', 'Latin', 583_801_799, 665_622),
  wikipedia('ja', 'Japanese', '日本語', 'Kana and kanji', 3_941_998_526, 1_389_467),
  wikipedia('sw', 'Swahili', 'Kiswahili', 'Latin', 35_936_177, null),
  wikipedia('am', 'Amharic', 'አማርኛ', 'Ethiopic', 10_720_027, 13_906),
  wikipedia('my', 'Burmese', 'မြန်မာဘာသာ', 'Burmese', null, null),
  wikipedia('ny', 'Chichewa', 'Chichewa', 'Latin', null, null),
  wikipedia('ha', 'Hausa', 'Hausa', 'Latin', 43_131_815, null),
  wikipedia('ig', 'Igbo', 'Igbo', 'Latin', 34_663_540, null),
  wikipedia('jv', 'Javanese', 'Basa Jawa', 'Latin', 36_852_134, null),
  wikipedia('km', 'Khmer', 'ភាសាខ្មែរ', 'Khmer', null, null),
  wikipedia('mg', 'Malagasy', 'Malagasy', 'Latin', null, null),
  wikipedia('nqo', 'N’Ko', 'ߒߞߏ', 'N’Ko', 3_508_645, null),
  wikipedia('or', 'Odia', 'ଓଡ଼ିଆ', 'Odia', 26_706_212, null),
  wikipedia('so', 'Somali', 'Soomaali', 'Latin', null, null),
  wikipedia('su', 'Sundanese', 'Basa Sunda', 'Latin', 19_806_020, null),
  wikipedia('yo', 'Yoruba', 'Yorùbá', 'Latin', 8_861_465, null),
  wikipedia('zu', 'Zulu', 'isiZulu', 'Latin', 3_792_429, null),
];

function wikipedia(
  code: string,
  language: string,
  ownName: string,
  script: string,
  bytesOnServer: number | null,
  articles: number | null,
): CatalogueEntry {
  const spec = `hf:wikimedia/wikipedia/${SNAPSHOT}.${code}#text`;
  return { spec, code, language, ownName, script, licence: LICENCE, bytesOnServer, articles };
}
