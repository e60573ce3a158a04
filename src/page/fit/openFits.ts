/** Puts the fits together: runs of the library and tables as their sources, laws of one's own and what was left out from the last visit. */

import { computed, effect } from '@preact/signals-core';
import type { JsonValue } from '../../formats/json.ts';
import type { OwnLawFile } from '../../formats/ownLaw.ts';
import type { Client } from '../../worker/api/door.ts';
import type { Command, Reply } from '../../worker/api/lab.ts';
import type { Library } from '../runs/library.ts';
import { Collections } from './collections.ts';
import { Fits } from './fits.ts';
import { keepLeftOut } from './keepLeftOut.ts';
import { Tables } from './tables.ts';
import type { LawDoor } from './tasks.ts';
import { withoutStop } from './words.ts';

export type FitParts = LawDoor & {
  readonly client: Client<Command, Reply>;
  readonly library: Library;
  /** Hears in words of what cannot be kept or brought back. */
  readonly onProblem: (words: string) => void;
};

/** Under this name the worker keeps laws of one's own. */
const OWN_LAWS = 'ownLaws';

export function openFits({ client, law, listenLaw, library, onProblem }: FitParts): Fits {
  const tables = new Tables({ client, law });
  const collections = new Collections();
  const ofLibrary = computed(() => collections.sourcesOf(library.runs.value));
  const sources = computed(() => [...ofLibrary.value, ...tables.list.value]);
  let reading: Promise<readonly PromiseSettledResult<() => Promise<void>>[]> = Promise.resolve([]);
  const fits: Fits = new Fits({
    door: { law, listenLaw },
    sources,
    tables,
    prepare: async () => {
      // What cannot be loaded must not keep the rest from being fitted.
      reading = Promise.allSettled([
        tables.load().then(() => () => tables.load()),
        keepOwnLaws(fits, client, onProblem),
        keepLeftOut(fits, client, onProblem),
      ]);
      for (const one of [...(await Promise.allSettled([library.load()])), ...(await reading)])
        if (one.status === 'rejected') onProblem(`Not everything could be loaded: ${one.reason}`);
    },
    readAgain: async () => {
      for (const one of await reading) if (one.status === 'fulfilled') await one.value();
    },
  });
  return fits;
}

/**
 * Brings laws of one's own back, and keeps them as they change. What cannot be read, or read by this version, is never written over: the former
 * is said by `tell`, the latter stays beside those that can be. Gives what reads them again, for laws that have come there by another way.
 */
export async function keepOwnLaws(
  fits: Pick<Fits, 'ownLaws'>,
  client: Pick<Client<Command, Reply>, 'send'>,
  tell: (words: string) => void,
): Promise<() => Promise<void>> {
  const outcome = await client.send({ command: 'setting', name: OWN_LAWS });
  if (!outcome.ok) {
    tell(
      `Laws of your own cannot be read (${withoutStop(outcome.failure.message)}); those that you write now are here until the page is closed.`,
    );
    return async () => {};
  }
  const laws = await ownLawsOf(outcome.value);
  const made = fits.ownLaws.peek();
  fits.ownLaws.value = [...laws.filter(({ name }) => !made.some((own) => own.name === name)), ...made];
  /** As they were last read or written here. */
  let known: readonly OwnLawFile[] = laws;
  const write = async (now: readonly OwnLawFile[]) => {
    // Another tab, or a file that was brought back, may have put laws there since.
    const there = await client.send({ command: 'setting', name: OWN_LAWS });
    const value = there.ok ? withChanges(there.value, known, now) : null;
    const kept = value ? await client.send({ command: 'keepSetting', name: OWN_LAWS, value }) : there;
    if (kept.ok) known = now;
    else
      tell(
        `Your laws are here until the page is closed; they could not be kept: ${withoutStop(kept.failure.message)}.`,
      );
  };
  let last = JSON.stringify(laws);
  let writing = Promise.resolve();
  effect(() => {
    const now = fits.ownLaws.value;
    const text = JSON.stringify(now);
    if (text === last) return;
    last = text;
    writing = writing.then(() => write(now));
  });
  return async () => {
    await writing;
    const there = await client.send({ command: 'setting', name: OWN_LAWS });
    if (!there.ok) return;
    const now = fits.ownLaws.peek();
    const come = (await ownLawsOf(there.value)).filter(({ name }) => !now.some((own) => own.name === name));
    if (come.length === 0) return;
    known = [...known, ...come];
    const all = [...now, ...come];
    last = JSON.stringify(all);
    fits.ownLaws.value = all;
  };
}

/** What is kept, with those laws put, changed and taken out that are otherwise than they were; of the others nothing is touched. */
function withChanges(
  there: JsonValue,
  before: readonly OwnLawFile[],
  now: readonly OwnLawFile[],
): JsonValue[] {
  const texts = new Set(before.map((law) => JSON.stringify(law)));
  const put = now.map((law) => JSON.stringify(law)).filter((text) => !texts.has(text));
  const gone = before.filter(({ name }) => !now.some((law) => law.name === name));
  const changed: JsonValue[] = put.map((text) => JSON.parse(text) as JsonValue);
  const names = new Set([...changed.map(nameOf), ...gone.map(({ name }) => name)]);
  const others = Array.isArray(there) ? there.filter((law) => !names.has(nameOf(law))) : [];
  return [...others, ...changed];
}

/** Null where another version wrote it: nothing takes its place. */
function nameOf(law: JsonValue): JsonValue {
  if (typeof law !== 'object' || law === null || Array.isArray(law)) return null;
  return law.version === 1 ? (law.name ?? null) : null;
}

/** Laws that this version can read. */
async function ownLawsOf(value: JsonValue): Promise<OwnLawFile[]> {
  if (!Array.isArray(value) || value.length === 0) return [];
  const { parseOwnLaw } = await import('../../formats/ownLaw.ts');
  return value.flatMap((one) => {
    try {
      return [parseOwnLaw(one, OWN_LAWS)];
    } catch {
      return [];
    }
  });
}
