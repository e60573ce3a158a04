/** The languages of runs, by the specs of their texts. */

const languages = new Intl.DisplayNames('en', { type: 'language' });

/** `world:id?bytes=8000000` → "Indonesian", `file:deu-commonvoice.txt#sha256=…` → "German"; a spec that names no built-in language stays as it is. */
export function languageWords(spec: string): string {
  const code = /^world:([a-z]{2,3})\b/.exec(spec)?.[1];
  if (code !== undefined) return languages.of(code) ?? code;
  const name = spec
    .replace(/^(file|hf|https?):/, '')
    .replace(/#.*$/, '')
    .split(/[/\\]/)
    .at(-1);
  if (name === undefined || name === '') return spec;
  return fileLanguage(name) ?? name;
}

/** `deu-commonvoice.train.txt` → "German": a text that is named for its language first. */
function fileLanguage(name: string): string | null {
  const [, code] = /^([a-z]{3})-/.exec(name) ?? [];
  if (code === undefined) return null;
  const language = languages.of(code);
  // What it does not know it gives back.
  return language === undefined || language === code ? null : language;
}

/** Whether the text is made by the lab itself. */
export function isBuiltIn(spec: string): boolean {
  return spec.startsWith('world:');
}

/** `world:id with world:en` → "Indonesian with English"; texts that were changed on purpose (noise, distance) keep their specs. */
export function pairLanguages(pair: string): string {
  if (/[?&](noise|distance)=/.test(pair)) return pair;
  return pair.split(' with ').map(languageWords).join(' with ');
}
