/** What the lab remembers between visits beside texts and checkpoints: which texts are open, which fleet was last. */

import { parseTrainConfig, type TrainConfig } from '../formats/config.ts';
import { ConfigError } from '../formats/configError.ts';
import { hash64, hexOf } from '../formats/hash.ts';
import type { Store } from '../store/store.ts';
import type { Side } from './api/texts.ts';

const FILE = 'session.json';
const VERSION = 1;

export type FleetNote = {
  /** The folder of its checkpoints. */
  readonly folder: string;
  readonly configs: readonly TrainConfig[];
  /** The place of each run in the palette, from 1, where somebody said one. */
  readonly slots?: readonly number[];
  /** The texts it trains on, by key. */
  readonly corpora: Readonly<Record<Side, string>>;
  /** Milliseconds since 1970. */
  readonly begunAt: number;
  readonly finished: boolean;
  /** Names of runs that have ended and were put into the library: what a person deletes there stays deleted. */
  readonly inLibrary?: readonly string[];
};

export type SessionNote = {
  readonly corpora: Readonly<Record<Side, string | null>>;
  readonly fleet: FleetNote | null;
  /** Folders of texts and fleets that a note which could not be understood may point to: nothing here does, and they stay until a person removes them. */
  readonly leftOver?: readonly string[];
  /** Whether there is a fleet of another version of the lab, which this one cannot read. Never written. */
  readonly isFleetLost?: true;
  /** Whether there is a note that cannot be understood at all: another version wrote it, or it is damaged. Never written. */
  readonly isLost?: true;
};

export const EMPTY_SESSION: SessionNote = { corpora: { target: null, source: null }, fleet: null };
const LOST: SessionNote = { ...EMPTY_SESSION, isLost: true };

export async function writeSession(store: Store, session: SessionNote): Promise<void> {
  await store.write(FILE, new TextEncoder().encode(sessionJson(session)));
}

/** The text of the file. */
export function sessionJson({ corpora, fleet, leftOver = [] }: SessionNote): string {
  return JSON.stringify({ version: VERSION, corpora, fleet, ...(leftOver.length > 0 && { leftOver }) });
}

/** Keeps a copy of the file beside it: whoever wrote what this version cannot read may read it still. */
export async function setSessionAside(store: Store): Promise<void> {
  const bytes = await store.read(FILE);
  if (!bytes) return;
  const name = hexOf(hash64(new TextDecoder().decode(bytes)));
  await store.create(`session.other-${name}.json`, bytes);
}

/**
 * The session of the last visit; an empty one when there is none, and one that says so when another version of the lab wrote it in a way
 * that this one does not know.
 */
export async function readSession(store: Store): Promise<SessionNote> {
  const bytes = await store.read(FILE);
  return bytes ? parseSession(bytes) : EMPTY_SESSION;
}

/** The same of the bytes of the file. */
export function parseSession(bytes: Uint8Array): SessionNote {
  try {
    const { version, corpora, fleet, leftOver } = JSON.parse(
      new TextDecoder().decode(bytes),
    ) as SessionNote & {
      version: number;
    };
    if (version !== VERSION) return LOST;
    return {
      corpora: corpora ?? EMPTY_SESSION.corpora,
      ...readFleet(fleet),
      ...(Array.isArray(leftOver) && { leftOver }),
    };
  } catch {
    return LOST;
  }
}

/** Configs of an older version may name what there is no more. */
function readFleet(fleet: FleetNote | null): Pick<SessionNote, 'fleet' | 'isFleetLost'> {
  if (!fleet) return { fleet: null };
  try {
    return {
      fleet: { ...fleet, configs: fleet.configs.map((config) => parseTrainConfig(config, config.name)) },
    };
  } catch (error) {
    if (error instanceof ConfigError) return { fleet: null, isFleetLost: true };
    throw error;
  }
}
