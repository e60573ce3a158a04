/** The languages that the world is told in, by their codes. */

import { english } from './english/english.ts';
import { indonesian } from './indonesian/indonesian.ts';
import { japanese } from './japanese/japanese.ts';
import type { Language } from './language.ts';
import { swahili } from './swahili/swahili.ts';

export const LANGUAGES = { en: english, id: indonesian, sw: swahili, ja: japanese } as const satisfies Record<
  string,
  Language
>;
export type LanguageCode = keyof typeof LANGUAGES;
