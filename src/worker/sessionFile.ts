/** What the lab remembers between visits beside texts and checkpoints: which texts are open, which fleet was last. */

import { parseTrainConfig, type TrainConfig } from '../formats/config.ts';
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
};

export const EMPTY_SESSION: SessionNote = { corpora: { target: null, source: null }, fleet: null };

export async function writeSession(store: Store, session: SessionNote): Promise<void> {
  const json = JSON.stringify({ version: VERSION, ...session });
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
    const configs = fleet?.configs.map((config) => parseTrainConfig(config, config.name)) ?? [];
    return { corpora, fleet: fleet && { ...fleet, configs } };
  } catch {
    return EMPTY_SESSION;
  }
}
