/** The languages that the world is told in, by their codes. */

import { english } from './english/english.ts';
import { indonesian } from './indonesian/indonesian.ts';
import type { Language } from './language.ts';

export const LANGUAGES = { en: english, id: indonesian } as const satisfies Record<string, Language>;
export type LanguageCode = keyof typeof LANGUAGES;
