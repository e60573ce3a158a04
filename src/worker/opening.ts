/** The first answer of a visit: the adapter, the texts, and what can go on. */

import { CATALOGUE } from '../../corpora/catalogue.ts';
import type { Store } from '../store/store.ts';
import { READABLE_ENDINGS } from '../text/readers/format.ts';
import type { AdapterFacts } from './api/fleet.ts';
import type { Opened } from './api/lab.ts';
import type { Outcome } from './api/outcome.ts';
import { failureOf } from './failures.ts';
import type { FleetDesk } from './fleetDesk.ts';
import type { GpuHolder } from './gpuHolder.ts';
import type { Notebook } from './notebook.ts';
import { readSavedFleet } from './savedFleet.ts';
import type { SessionNote } from './sessionFile.ts';
import type { Teller } from './teller.ts';
import type { TextShelf } from './texts/textShelf.ts';

export type OpeningOptions = {
  readonly store: Store;
  readonly gpu: GpuHolder;
  readonly notes: Notebook;
  readonly teller: Teller;
  readonly texts: TextShelf;
  readonly fleets: FleetDesk;
};

export async function openVisit({
  store,
  gpu,
  notes,
  teller,
  texts,
  fleets,
}: OpeningOptions): Promise<Opened> {
  const session = await notes.read();
  // A fleet that can go on brings its texts along; after that, whatever was chosen last counts.
  const keys = session.fleet && !session.fleet.finished ? session.fleet.corpora : session.corpora;
  const corpora = {
    target: await texts.open('target', keys.target),
    source: await texts.open('source', keys.source),
  };
  const lost = (['target', 'source'] as const).filter((side) => keys[side] !== null && !corpora[side]);
  if (lost.length > 0) {
    teller.tell({
      event: 'notice',
      message: `The ${lost.join(' and the ')} text of the last visit cannot be read back from this browser’s storage; choose it again.`,
    });
  }
  const lostWords = lostWordsOf(session);
  if (lostWords !== null) teller.tell({ event: 'notice', message: lostWords });
  const saved = await readSavedFleet(store, session.fleet);
  if (session.fleet && saved) {
    const records = saved.runs.map(({ record }) => record);
    // Whatever stands in the way is told when it is asked for by name.
    void fleets.keepFinished(session.fleet, records).catch(() => {});
  }
  return {
    corpora,
    saved,
    adapter: await adapterFacts(gpu),
    catalogue: CATALOGUE,
    endings: READABLE_ENDINGS,
  };
}

/** What the last visit left and this one cannot read; nothing of it is deleted. */
function lostWordsOf({ isLost, isFleetLost }: SessionNote): string | null {
  const stays = 'Nothing of it is deleted; what takes room stands in Storage.';
  if (isLost)
    return `What the last visit noted of its texts and its fleet was written by another version of the lab, or is damaged, and this version cannot read it. ${stays}`;
  if (isFleetLost)
    return `The fleet of the last visit was begun by another version of the lab, which this one cannot read; train it again. ${stays}`;
  return null;
}

async function adapterFacts(gpu: GpuHolder): Promise<Outcome<AdapterFacts>> {
  try {
    return { ok: true, value: await gpu.facts() };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}
