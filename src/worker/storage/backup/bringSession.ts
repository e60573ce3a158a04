/** The saved fleet and the texts that are open, as a file that was taken along has them. */

import { BACKUP_FILES } from '../../../formats/backup.ts';
import type { Side } from '../../api/texts.ts';
import { fleetTitle } from '../../fleetTitle.ts';
import { readSavedFleet } from '../../savedFleet.ts';
import { parseSession, type SessionNote } from '../../sessionFile.ts';
import { CORPORA } from '../../texts/corpusFiles.ts';
import type { StorageParts } from '../parts.ts';
import { type Bringing, bringFolders } from './bringFiles.ts';

const SIDES = ['target', 'source'] as const satisfies readonly Side[];

/** Both, with the files that the notes then point to. The page hears of what it can show. */
export async function bringSession(bringing: Bringing, replaceFleet: boolean): Promise<void> {
  const { archive, parts, signal, said } = bringing;
  const bytes = await archive.read(BACKUP_FILES.session, signal);
  if (!bytes) return;
  const brought = parseSession(bytes);
  const { fleet } = brought;
  if (brought.isFleetLost) {
    said.leftOut.push('the fleet: another version of the lab began it, which this one cannot read');
  }
  if (brought.isLost) {
    said.leftOut.push(
      'the open texts and the fleet: another version of the lab noted them, and this one cannot read it',
    );
  }
  const done: { fleet: boolean; texts: Partial<SessionNote['corpora']> } = { fleet: false, texts: {} };
  await parts.notes.change(async (here) => {
    const takesFleet = fleet !== null && (here.fleet === null || replaceFleet);
    done.fleet = takesFleet;
    if (fleet && !takesFleet) said.leftOut.push('the fleet: there is one here, which stays');
    if (takesFleet) {
      await bringFolders(bringing, [
        ...Object.values(fleet.corpora).map((key) => `${CORPORA}/${key}`),
        fleet.folder,
      ]);
      said.taken.push(`the ${fleetTitle(fleet.begunAt).toLowerCase()}`);
    }
    done.texts = await bringOpenTexts(bringing, here.corpora, brought.corpora);
    return {
      ...here,
      corpora: { ...here.corpora, ...done.texts },
      fleet: takesFleet ? fleet : here.fleet,
    };
  });
  await openTexts(parts, done.texts);
  // A page that hears of a saved fleet puts its settings into the form: not where nothing has changed.
  if (!done.fleet) return;
  const note = (await parts.notes.read()).fleet;
  parts.teller.tell({ event: 'saved', saved: await readSavedFleet(parts.store, note) });
}

/** Where no text is open on a side, the one that was brought along is; gives those. */
async function bringOpenTexts(
  bringing: Bringing,
  here: SessionNote['corpora'],
  brought: SessionNote['corpora'],
): Promise<Partial<SessionNote['corpora']>> {
  const opened: Partial<Record<Side, string>> = {};
  for (const side of SIDES) {
    const key = brought[side];
    if (key === null || here[side] !== null) continue;
    await bringFolders(bringing, [`${CORPORA}/${key}`]);
    opened[side] = key;
    bringing.said.taken.push(`the ${side} text`);
  }
  return opened;
}

async function openTexts(
  { texts, teller }: StorageParts,
  opened: Partial<SessionNote['corpora']>,
): Promise<void> {
  for (const side of SIDES) {
    const key = opened[side];
    const facts = key ? await texts.open(side, key) : null;
    if (facts) teller.tell({ event: 'corpus', facts });
  }
}
