/** `m3lab corpus`: which texts there are, what they hold, and what of them is kept. */

import { Command } from 'commander';
import { CATALOGUE } from '../../../corpora/catalogue.ts';
import { LANGUAGES } from '../../../corpora/languages/languages.ts';
import { parseCorpusSpec } from '../../formats/corpusSpec.ts';
import { cacheSpec } from '../../text/remote/files.ts';
import { type AskedCorpus, corpusArguments } from '../arguments.ts';
import { keptTexts } from '../corpora/openers.ts';
import { cacheFolder } from '../files/cacheFolder.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { keptWords, listWords, WORLD_OPTIONS, type World } from '../words/catalogue.ts';
import { amount, counted } from '../words/words.ts';
import { corpusShowCommand } from './corpusShow.ts';
import { corpusWriteCommand } from './corpusWrite.ts';

export function corpusCommand(ioOf: (command: Command) => Io): Command {
  const list = new Command('list')
    .summary('say which corpora there are, or which are kept')
    .description(
      'Lists the built-in worlds and the corpora elsewhere that have a name here. Any other address works as well.',
    )
    .option('--kept', 'list the fetched texts that are kept on this machine instead')
    .option('--json', 'one JSON value on stdout')
    .action(async ({ kept }: { readonly kept?: true }, command: Command) => {
      if (kept) await listKept(ioOf(command));
      else listAll(ioOf(command));
    });
  const forget = new Command('forget')
    .summary('remove fetched texts that are kept')
    .description(
      'Removes texts that were fetched and are kept on this machine. A spec without a size means all sizes of it.',
    )
    .argument('[specs...]', 'corpora as corpus list --kept names them', corpusArguments)
    .option('--all', 'every text that is kept')
    .option('--json', 'one JSON value on stdout: forgotten, bytes')
    .action(async (specs: readonly AskedCorpus[], { all }: { readonly all?: true }, command: Command) => {
      if (all !== true && specs.length === 0)
        throw new InputError('corpus forget: name a spec, or add --all');
      await forgetTexts(all ? 'all' : specs, ioOf(command));
    });
  return new Command('corpus')
    .summary('list texts, look into them, write them to files')
    .description('Texts to train on: a built-in world, your files, or corpora elsewhere.')
    .addCommand(list)
    .addCommand(corpusShowCommand(ioOf))
    .addCommand(corpusWriteCommand(ioOf))
    .addCommand(forget);
}

function worlds(): World[] {
  return Object.values(LANGUAGES).map(({ code, englishName, ownName }) => ({
    spec: `world:${code}`,
    language: englishName,
    ownName,
  }));
}

function listAll(io: Io): void {
  if (io.json) {
    const options = WORLD_OPTIONS.map(([name, values, byDefault, words]) => ({
      name,
      values,
      default: byDefault,
      words,
    }));
    io.value({ worlds: worlds(), worldOptions: options, catalogue: CATALOGUE });
  } else io.text(`${listWords(worlds(), CATALOGUE)}\n`);
}

async function listKept(io: Io): Promise<void> {
  const cache = keptTexts(io);
  const [texts, bytes] = [await cache.list(), await cache.size()];
  if (io.json)
    io.value({ folder: cacheFolder(), bytes, texts: texts.map(({ pieces: _, ...facts }) => facts) });
  else io.text(`${keptWords(texts, bytes, cacheFolder())}\n`);
}

async function forgetTexts(asked: readonly AskedCorpus[] | 'all', io: Io): Promise<void> {
  const cache = keptTexts(io);
  const kept = (await cache.list()).map(({ spec }) => spec);
  const before = await cache.size();
  const forgotten = new Set(asked === 'all' ? kept : asked.flatMap((corpus) => matching(corpus, kept)));
  for (const spec of forgotten) await cache.remove(spec);
  // Clears away what a fetch that was killed has left.
  if (asked === 'all') await cache.begin().abandon();
  const bytes = before - (await cache.size());
  if (io.json) io.value({ forgotten: [...forgotten], bytes });
  else io.text(`${counted(forgotten.size, 'text')} forgotten, ${amount(bytes, 'B')} freed\n`);
}

/** The kept specs that a spec means. Throws {@link InputError} where it means none. */
function matching({ text, spec }: AskedCorpus, kept: readonly string[]): string[] {
  if (spec.scheme !== 'https' && spec.scheme !== 'hf')
    throw new InputError(`corpus forget: ${text} is not fetched from elsewhere, so nothing is kept of it`);
  const wanted = cacheSpec(spec);
  const found = kept.filter((one) => {
    if (spec.bytes !== null) return one === wanted;
    const other = parseCorpusSpec(one);
    return (
      (other.scheme === 'https' || other.scheme === 'hf') && cacheSpec({ ...other, bytes: null }) === wanted
    );
  });
  if (found.length > 0) return found;
  throw new InputError(`corpus forget: nothing is kept of ${text}; m3lab corpus list --kept says what is`);
}
