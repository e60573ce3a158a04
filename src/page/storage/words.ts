/** What the storage dialog says. */

import type {
  BackupFacts,
  BroughtBack,
  Leaving,
  StorageFacts,
  StoredItem,
  StoredKind,
} from '../../worker/api/storage.ts';
import { bytes, whole } from '../parts/format.ts';

/** Whether the browser keeps what is here: asked and granted, asked and not, or not asked yet. */
export type Promised = 'unasked' | 'asking' | 'granted' | 'refused' | 'unknown';

export type Doing = 'taking' | 'inspecting' | 'bringing';

/** Groups of the list, in its order. */
const GROUPS: readonly { readonly title: string; readonly kinds: readonly StoredKind[] }[] = [
  { title: 'Last training', kinds: ['fleet'] },
  { title: 'Queue of sweeps', kinds: ['sweep'] },
  { title: 'Models', kinds: ['model'] },
  { title: 'Runs', kinds: ['runs'] },
  { title: 'Texts', kinds: ['text', 'fetched'] },
  { title: 'Tables and settings', kinds: ['table', 'settings'] },
  { title: 'Anything else', kinds: ['measured', 'other'] },
];

export type ItemGroup = {
  readonly title: string;
  readonly bytes: number;
  readonly items: readonly StoredItem[];
};

/** Groups that hold something, the largest thing of each first. */
export function groupsOf(items: readonly StoredItem[]): ItemGroup[] {
  return GROUPS.flatMap(({ title, kinds }) => {
    const own = items.filter(({ kind }) => kinds.includes(kind)).sort((a, b) => b.bytes - a.bytes);
    const sum = own.reduce((total, item) => total + item.bytes, 0);
    return own.length === 0 ? [] : [{ title, bytes: sum, items: own }];
  });
}

const BUILT_IN = /^world:([a-z]{2,3})(\?|$)/;
const languages = new Intl.DisplayNames('en', { type: 'language' });

/** What a thing is called. A built-in text is named by its language; its spec, by which commands know it, follows. */
export function itemWords({
  title,
  detail,
}: Pick<StoredItem, 'title' | 'detail'>): Pick<StoredItem, 'title' | 'detail'> {
  const code = BUILT_IN.exec(title)?.[1];
  if (code === undefined) return { title, detail };
  return { title: `Built-in stories in ${languages.of(code) ?? code}`, detail: `${detail} (${title})` };
}

/** "1.2 MB of the 5.0 GB that this browser allows the lab". */
export function usageWords({ quotaBytes, usageBytes, items }: StorageFacts): string {
  const used = usageBytes ?? items.reduce((sum, item) => sum + item.bytes, 0);
  if (quotaBytes === null) return `${bytes(used)} are used; this browser does not say how much it allows.`;
  return `${bytes(used)} are used, of ${bytes(quotaBytes)} that this browser allows the lab.`;
}

/** Null where everything outlives the tab. */
export function fleetingWords({ fleeting }: StorageFacts): string | null {
  if (fleeting.length === 0) return null;
  const what =
    fleeting.length === 2
      ? 'Nothing that is made here outlives this tab'
      : fleeting[0] === 'files'
        ? 'Texts and checkpoints do not outlive this tab'
        : 'Runs, tables and the queue do not outlive this tab';
  return `${what}: this browser gives the page no place for it, as in a private window. Take everything along before you close it.`;
}

export function promiseWords(promised: Promised): string {
  switch (promised) {
    case 'granted':
      return 'This browser has promised to keep it until you remove it, even when the disk fills up.';
    case 'refused':
      return 'This browser did not promise to keep all this. Some do so for pages that are used often, are bookmarked or installed. Until then, take everything along once in a while.';
    case 'unknown':
      return 'This browser knows no such promise. Take everything along once in a while.';
    case 'asking':
      return 'Asking …';
    case 'unasked':
      return 'When the disk fills up, a browser may remove what pages have stored, unless it has promised not to.';
  }
}

export function doingWords(doing: Doing): string {
  return {
    taking: 'Packing everything into one file',
    inspecting: 'Reading the file through',
    bringing: 'Bringing everything back',
  }[doing];
}

/** "Made on 21 November 2026 by version 0.1.0: 12 runs, 1 table and a fleet, 1.2 MB." */
export function backupWords(facts: BackupFacts): string {
  const { madeAt, lab, runs, tables, sweeps, texts, fleet, bytes: size } = facts;
  const parts = [
    ...counted(runs, 'run'),
    ...counted(tables, 'table'),
    ...counted(sweeps, 'sweep'),
    ...counted(texts, 'text'),
    ...(fleet ? ['a fleet'] : []),
  ];
  const day = new Date(madeAt).toLocaleDateString('en', { dateStyle: 'long' });
  const what = parts.length === 0 ? 'settings alone' : listed(parts);
  return `Made on ${day} by version ${lab || 'unknown'} of the lab: ${what}, ${bytes(size)}.`;
}

/** What became of a file, a sentence a line. */
export function broughtWords({ runs, taken, leftOut }: BroughtBack): string[] {
  const lines: string[] = [];
  const added = [...counted(runs.taken, 'run'), ...taken];
  lines.push(added.length === 0 ? 'Nothing was new here.' : `Here now: ${listed(added)}.`);
  if (runs.known > 0)
    lines.push(`${counted(runs.known, 'run').join('')} ${runs.known === 1 ? 'was' : 'were'} here already.`);
  if (runs.differing.length > 0) {
    const [words = ''] = counted(runs.differing.length, 'run');
    lines.push(
      `${words} ${runs.differing.length === 1 ? 'is' : 'are'} here with another loss, which stays: ${runs.differing.slice(0, 5).join(', ')}${runs.differing.length > 5 ? ' …' : ''}.`,
    );
  }
  for (const words of leftOut) lines.push(`Left out: ${words}.`);
  for (const { place, reason } of runs.refused.slice(0, 5)) lines.push(`Not taken, ${place}: ${reason}.`);
  if (runs.refusedCount > 5) lines.push(`${whole(runs.refusedCount - 5)} more were not taken.`);
  return lines;
}

/** What is told where tables or settings are others than those that the page has. */
export function reloadWords(isUnderWay: boolean): string {
  const saved = isUnderWay ? ' What is training is saved every few seconds, and can go on from there.' : '';
  return `Tables and settings are taken up when the page is loaded.${saved}`;
}

const LEFT: Readonly<Record<Leaving, readonly StoredKind[]>> = {
  texts: ['text', 'fetched'],
  checkpoints: ['fleet', 'sweep', 'model'],
};
/** Nothing of these goes along: they are made anew where they are needed. */
const NEVER_TAKEN: readonly StoredKind[] = ['measured', 'other'];

/** Null where all that is to go along fits one file. Texts that a checkpoint needs go along with it, so it may be a little more than is said. */
export function tooLargeWords(
  { items, mostBackupBytes }: Pick<StorageFacts, 'items' | 'mostBackupBytes'>,
  leaving: readonly Leaving[],
): string | null {
  const without = [...NEVER_TAKEN, ...leaving.flatMap((what) => LEFT[what])];
  const taken = items.reduce((sum, item) => sum + (without.includes(item.kind) ? 0 : item.bytes), 0);
  if (taken <= mostBackupBytes) return null;
  const left = (['texts', 'checkpoints'] as const).filter((what) => !leaving.includes(what));
  const leave = left.length > 0 ? `leave out ${left.join(' or ')} here, or ` : '';
  return `All of this is ${bytes(taken)}, and one file takes ${bytes(mostBackupBytes)} at most. What to do: ${leave}remove above what is no longer needed.`;
}

/** `m3lab-2026-11-21.zip`. */
export function backupName(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `m3lab-${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}.zip`;
}

/** "12 runs", "1 run", or nothing of nothing. */
function counted(count: number, word: string): string[] {
  return count === 0 ? [] : [`${whole(count)} ${word}${count === 1 ? '' : 's'}`];
}

function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
