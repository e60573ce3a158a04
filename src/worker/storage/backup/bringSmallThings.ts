/** Tables and settings of a file that was taken along. Of what is here nothing is replaced. */

import { BACKUP_FILES, parseBackupSettings, parseBackupTables } from '../../../formats/backup.ts';
import { canonicalJson, type JsonValue } from '../../../formats/json.ts';
import type { Bringing } from './bringFiles.ts';

/** Under this name Fit keeps a list of the laws that a person has written. */
const OWN_LAWS = 'ownLaws';
/** What a setting is to a person; others are called by their names. */
const SETTINGS: Readonly<Record<string, string>> = { leftOutOfFits: 'which runs are left out of a fit' };

export async function bringTables({ archive, parts, signal, said }: Bringing): Promise<void> {
  for (const table of (await archive.json(BACKUP_FILES.tables, parseBackupTables, signal)) ?? []) {
    const here = await parts.small.table(table.id);
    if (!here) {
      await parts.small.keepTable(table);
      said.taken.push(`the table ${table.name}`);
      said.hasSmallThings = true;
    } else if (here.text !== table.text || !isSame(here.choices, table.choices)) {
      said.leftOut.push(`the table ${table.name}: it is here, and not the same; what is here stays`);
    }
  }
}

export async function bringSettings(bringing: Bringing): Promise<void> {
  const { archive, parts, signal, said } = bringing;
  const brought = (await archive.json(BACKUP_FILES.settings, parseBackupSettings, signal)) ?? {};
  const here = await parts.small.settings();
  for (const [name, value] of Object.entries(brought)) {
    const before = here.get(name);
    if (name === OWN_LAWS && Array.isArray(value) && (before === undefined || Array.isArray(before))) {
      await bringLaws(value, before ?? [], bringing);
    } else if (before === undefined) {
      await parts.small.keepSetting(name, value);
      said.taken.push(settingWords(name));
      said.hasSmallThings = true;
    } else if (!isSame(before, value)) {
      said.leftOut.push(`${settingWords(name)}: here it is otherwise, and stays so`);
    }
  }
}

/** Laws are known by their names, and stand beside one another. */
async function bringLaws(
  brought: readonly JsonValue[],
  here: readonly JsonValue[],
  { parts, said }: Bringing,
): Promise<void> {
  const laws = [...here];
  for (const law of brought) {
    const name = nameOf(law);
    if (laws.some((one) => isSame(one, law))) continue;
    if (name !== null && laws.some((one) => nameOf(one) === name)) {
      said.leftOut.push(`your law “${name}”: another one of that name is here, which stays`);
    } else {
      laws.push(law);
      said.taken.push(name === null ? 'a law of your own' : `your law “${name}”`);
    }
  }
  if (laws.length === here.length) return;
  await parts.small.keepSetting(OWN_LAWS, laws);
  said.hasSmallThings = true;
}

/** Null where another version of the lab wrote it in another way. */
function nameOf(law: JsonValue): string | null {
  if (typeof law !== 'object' || law === null || Array.isArray(law)) return null;
  return typeof law.name === 'string' ? law.name : null;
}

function settingWords(name: string): string {
  return SETTINGS[name] ?? `the setting “${name}”`;
}

function isSame(one: JsonValue, other: JsonValue): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
