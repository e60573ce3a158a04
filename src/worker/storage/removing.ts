/** Removes one thing that takes room, as its list named it. */

import { TextCache } from '../../store/textCache.ts';
import type { Side } from '../api/texts.ts';
import { NotNowError } from '../failures.ts';
import type { SessionNote } from '../sessionFile.ts';
import { CORPORA } from '../texts/corpusFiles.ts';
import { storedItems } from './items.ts';
import type { StorageParts } from './parts.ts';

const SIDES = ['target', 'source'] as const satisfies readonly Side[];

/** Throws `NotNowError` where it is held by something, or is no longer there. */
export async function removeStored(id: string, parts: StorageParts): Promise<void> {
  const item = (await storedItems(parts)).find((one) => one.id === id);
  if (!item) throw new NotNowError('This is no longer here.');
  if (item.held !== null) throw new NotNowError(item.held);
  const { store, notes, runs, models, small, fleets, sweeps, teller } = parts;
  const name = id.slice(id.indexOf(':') + 1);
  switch (item.kind) {
    case 'fleet':
      await fleets.discard();
      teller.tell({ event: 'saved', saved: null });
      return;
    case 'sweep':
      return sweeps.remove(name);
    case 'model':
      return models.forget(name);
    case 'text':
      return removeText(name, parts);
    case 'fetched':
      return removeFetched(name, parts);
    case 'runs':
      return id === 'removed' ? runs.purge() : runs.erase(name);
    case 'table':
      return small.removeTable(name);
    case 'settings':
      return small.removeSettings();
    case 'measured':
      return store.remove('tuning');
    case 'other':
      await notes.change((session) => without(session, name));
      return store.remove(name);
  }
}

/** Whatever nothing points to is thrown away with the change; the page hears of a text that was open. */
async function removeText(key: string, { notes, texts, teller }: StorageParts): Promise<void> {
  const closed: Side[] = [];
  await notes.change((session) => {
    const corpora = { ...session.corpora };
    for (const side of SIDES) {
      if (corpora[side] !== key) continue;
      corpora[side] = null;
      closed.push(side);
    }
    return { ...without(session, `${CORPORA}/${key}`), corpora };
  });
  for (const side of closed) {
    await texts.open(side, null);
    teller.tell({ event: 'closed', side });
  }
}

/** Nothing keeps the folder that was left over. */
function without(session: SessionNote, folder: string): SessionNote {
  return { ...session, leftOver: (session.leftOver ?? []).filter((one) => one !== folder) };
}

async function removeFetched(spec: string, { store }: StorageParts): Promise<void> {
  const problems: string[] = [];
  await new TextCache(store, (words) => problems.push(words)).remove(spec);
  if (problems[0] !== undefined) throw new Error(problems[0]);
}
