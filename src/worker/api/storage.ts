/** What may be asked and told of this browser's storage: tables and settings, what takes room, and one file to take all of it along. */

import type { JsonValue } from '../../formats/json.ts';
import type { ImportedFile } from './library.ts';

/** A table of runs that was brought along, as its text, and what was said of its columns. */
export type KeptTable = {
  readonly id: string;
  /** Of the file. */
  readonly name: string;
  readonly text: string;
  /** What a person chose for it: columns, units, groups. */
  readonly choices: JsonValue;
  /** When it was put here, in milliseconds since 1970. */
  readonly at: number;
};

export type StoredKind =
  | 'fleet'
  | 'sweep'
  | 'model'
  | 'text'
  | 'fetched'
  | 'runs'
  | 'table'
  | 'measured'
  | 'settings'
  | 'other';

/** Something that takes room. */
export type StoredItem = {
  /** Names it for `removeStored`. */
  readonly id: string;
  readonly kind: StoredKind;
  /** For a person. */
  readonly title: string;
  readonly detail: string;
  readonly bytes: number;
  /** What is lost with it, in a sentence; the question before it is removed. */
  readonly loss: string;
  /** Why it cannot be removed now; null where it can. */
  readonly held: string | null;
};

export type StorageFacts = {
  /** What the browser allows this site, and what it counts as used; null where it does not say. */
  readonly quotaBytes: number | null;
  readonly usageBytes: number | null;
  /** Whether the browser has promised to remove nothing by itself. */
  readonly persisted: boolean;
  /** What lives as long as the tab alone, since the browser gives no place for it. */
  readonly fleeting: readonly ('files' | 'records')[];
  readonly items: readonly StoredItem[];
  /** What one file that takes everything along may hold. */
  readonly mostBackupBytes: number;
};

/** What can be left out of the file that takes everything along. */
export type Leaving = 'texts' | 'checkpoints';

export type BackupFacts = {
  /** When it was made, in milliseconds since 1970, and by which version of the lab. */
  readonly madeAt: number;
  readonly lab: string;
  readonly runs: number;
  readonly tables: number;
  readonly sweeps: number;
  readonly texts: number;
  /** Whether there is a fleet in it, and whether there is one here, which it would replace. */
  readonly fleet: boolean;
  readonly fleetHere: boolean;
  readonly bytes: number;
};

export type BroughtBack = {
  readonly runs: ImportedFile;
  /** What was put here, in words; and what was left out since it is here already, or cannot be read. */
  readonly taken: readonly string[];
  readonly leftOut: readonly string[];
  /** Whether there are tables or settings among it, which a page reads again; of all else it is told. */
  readonly hasSmallThings: boolean;
};

export type StorageCommand =
  | { readonly command: 'tables' }
  /** Puts a table here, or in the place of the one with its id. */
  | { readonly command: 'keepTable'; readonly table: KeptTable }
  | { readonly command: 'table'; readonly id: string }
  | { readonly command: 'removeTable'; readonly id: string }
  /** What was kept under a name; null where nothing was. */
  | { readonly command: 'setting'; readonly name: string }
  | { readonly command: 'keepSetting'; readonly name: string; readonly value: JsonValue }
  | { readonly command: 'storage' }
  | { readonly command: 'removeStored'; readonly id: string }
  /** Everything as one zip. Can be broken off. */
  | { readonly command: 'takeAlong'; readonly without: readonly Leaving[] }
  /** Reads such a file through, changes nothing, and says what is in it. Can be broken off. */
  | { readonly command: 'inspectBackup'; readonly file: File }
  /** Adds what is in such a file to what is here. Of what is here nothing is replaced but the fleet, where that is asked for. */
  | { readonly command: 'bringBack'; readonly file: File; readonly replaceFleet: boolean };

export type StorageReply = {
  tables: readonly Omit<KeptTable, 'text'>[];
  keepTable: null;
  table: KeptTable | null;
  removeTable: null;
  setting: JsonValue;
  keepSetting: null;
  storage: StorageFacts;
  removeStored: null;
  takeAlong: Blob;
  inspectBackup: BackupFacts;
  bringBack: BroughtBack;
};

export type StorageEvent =
  /** How far taking along, inspecting or bringing back is, 0 to 1. */
  { readonly event: 'storing'; readonly share: number };
