/** What the lab remembers between visits beside texts and checkpoints: which texts are open, which fleet was last. */

import { parseTrainConfig, type TrainConfig } from '../formats/config.ts';
import { ConfigError } from '../formats/configError.ts';
import type { Store } from '../store/store.ts';
import type { Side } from './api.ts';

const FILE = 'session.json';
const VERSION = 1;

export type FleetNote = {
  /** The folder of its checkpoints. */
  readonly folder: string;
  readonly configs: readonly TrainConfig[];
  /** The texts it trains on, by key. */
  readonly corpora: Readonly<Record<Side, string>>;
  /** Milliseconds since 1970. */
  readonly begunAt: number;
  readonly finished: boolean;
};

export type SessionNote = {
  readonly corpora: Readonly<Record<Side, string | null>>;
  readonly fleet: FleetNote | null;
  /** Whether there is a fleet of another version of the lab, which this one cannot read. Never written. */
  readonly isFleetLost?: true;
};

export const EMPTY_SESSION: SessionNote = { corpora: { target: null, source: null }, fleet: null };

export async function writeSession(store: Store, session: SessionNote): Promise<void> {
  const { corpora, fleet } = session;
  const json = JSON.stringify({ version: VERSION, corpora, fleet });
  await store.write(FILE, new TextEncoder().encode(json));
}

/**
 * The session of the last visit; an empty one when there is none, or when another version of the lab wrote it in a
 * way that this one does not know.
 */
export async function readSession(store: Store): Promise<SessionNote> {
  const bytes = await store.read(FILE);
  if (!bytes) return EMPTY_SESSION;
  try {
    const { version, corpora, fleet } = JSON.parse(new TextDecoder().decode(bytes)) as SessionNote & {
      version: number;
    };
    if (version !== VERSION) return EMPTY_SESSION;
    return { corpora: corpora ?? EMPTY_SESSION.corpora, ...readFleet(fleet) };
  } catch {
    return EMPTY_SESSION;
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
