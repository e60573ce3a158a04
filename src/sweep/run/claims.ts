/**
 * Claims of runs, so that several processes on one folder never train the same one.
 *
 * A claim is a file that only one can create; it names its owner. An owner is a file with a counter that goes up as long as its process
 * lives. A run is taken over, by creating the claim's next generation, when its owner has ended, when its process is gone from this
 * machine, or when its counter has not moved for 90 s of the observer's own clock: no clock of two machines is compared. Whoever was taken
 * for dead and was not finds the higher generation and lets go.
 */

import { type ClaimRecord, type OwnerRecord, parseClaim, parseOwner } from '../../formats/claim.ts';
import { ConfigError } from '../../formats/configError.ts';
import { JsonError, parseJson } from '../../formats/json.ts';
import type { Store } from '../../store/store.ts';

const CLAIMS = 'claims';
const OWNERS = 'owners';
/** From one beat to the next. */
export const BEAT_MS = 10_000;
/** An owner whose counter stands still for so long is taken for dead. */
export const PATIENCE_MS = 90_000;

const claimPath = (id: string, generation: number) => `${CLAIMS}/${id}.${generation}.json`;
const ownerPath = (owner: string) => `${OWNERS}/${owner}.json`;

/** This process, as others see it, and what it can tell of others. */
export type Identity = {
  readonly owner: string;
  readonly host: string;
  /** See `OwnerRecord`. */
  readonly space: string | null;
  readonly pid: number;
  /** Whether a process of this machine, in this `space`, is there. */
  readonly isAlive: (pid: number) => boolean;
};

export type ClaimsOptions = {
  readonly patienceMs?: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
};

/** Who holds a run that this process wanted. */
export type Holder = Pick<OwnerRecord, 'owner' | 'host' | 'pid'> & {
  /** Whether it was seen to be alive: its counter has moved while this process looked. */
  readonly isAlive: boolean;
};

/** The run is ours now, or another's. */
export type Taken = { readonly taken: true } | { readonly taken: false; readonly holder: Holder };

type Sighting = { readonly beat: number | null; readonly since: number; readonly moved: boolean };

export class Claims {
  readonly #store: Store;
  readonly #self: Identity;
  readonly #patienceMs: number;
  readonly #now: () => number;
  readonly #sightings = new Map<string, Sighting>();
  /** Runs that are ours, and the generation of our claim. */
  readonly #held = new Map<string, number>();
  readonly #lost = new Set<string>();
  #beat = 0;
  #ended = false;
  #written: Promise<void> = Promise.resolve();

  constructor(store: Store, self: Identity, options: ClaimsOptions = {}) {
    this.#store = store;
    this.#self = self;
    this.#patienceMs = options.patienceMs ?? PATIENCE_MS;
    this.#now = options.now ?? (() => performance.now());
  }

  get held(): readonly string[] {
    return [...this.#held.keys()];
  }

  /** Whether another has taken the run from us. */
  isLost(id: string): boolean {
    return this.#lost.has(id);
  }

  /** Makes this process known, or says that it still lives. To be called every {@link BEAT_MS}, and before the first claim. */
  async beat(): Promise<void> {
    this.#beat++;
    await this.#writeOwner();
  }

  /** Tries to make a run ours. Throws what the store throws. */
  async take(id: string): Promise<Taken> {
    if (this.#held.has(id)) return { taken: true };
    const generation = (await this.#generations()).get(id) ?? 0;
    if (generation > 0) {
      const holder = await this.#holderOf(id, generation);
      if (holder) return { taken: false, holder };
    }
    const next = generation + 1;
    const claim: ClaimRecord = { version: 1, id, generation: next, owner: this.#self.owner };
    if (!(await this.#store.create(claimPath(id, next), jsonBytes(claim)))) {
      const holder = await this.#holderOf(id, next);
      return { taken: false, holder: holder ?? { owner: '', host: 'unknown', pid: 0, isAlive: false } };
    }
    this.#lost.delete(id);
    this.#held.set(id, next);
    return { taken: true };
  }

  /** Looks whether others have taken runs from us, and gives those that are newly lost. */
  async check(): Promise<string[]> {
    const generations = await this.#generations();
    const lost = [...this.#held].flatMap(([id, ours]) => ((generations.get(id) ?? ours) > ours ? [id] : []));
    for (const id of lost) {
      this.#held.delete(id);
      this.#lost.add(id);
    }
    return lost;
  }

  /** Takes away every claim of a run that has its record: nobody needs to ask whose it is. */
  async clear(id: string): Promise<void> {
    this.#held.delete(id);
    for (const path of await this.#store.list(CLAIMS)) {
      if (parsePath(path)?.id === id) await this.#store.remove(path);
    }
  }

  /** Whether someone else may be at work on the run, as far as can be told at once. */
  async isFree(id: string): Promise<boolean> {
    const generation = (await this.#generations()).get(id) ?? 0;
    return generation === 0 || (await this.#holderOf(id, generation)) === null;
  }

  /** Who holds which runs, dead or alive. */
  async holders(): Promise<Map<string, OwnerRecord>> {
    const holders = new Map<string, OwnerRecord>();
    for (const [id, generation] of await this.#generations()) {
      const claim = await this.#read(claimPath(id, generation), parseClaim);
      const owner = claim && (await this.#read(ownerPath(claim.owner), parseOwner));
      if (owner && !owner.ended && !this.#isGone(owner)) holders.set(id, owner);
    }
    return holders;
  }

  /** Lets go of all that is ours and not finished, and takes away the traces of owners that nobody speaks of any more. */
  async end(): Promise<void> {
    this.#held.clear();
    this.#ended = true;
    await this.#writeOwner();
    const named = new Set<string>();
    for (const path of await this.#store.list(CLAIMS)) {
      const claim = await this.#read(path, parseClaim);
      if (claim) named.add(claim.owner);
    }
    for (const path of await this.#store.list(OWNERS)) {
      const owner = await this.#read(path, parseOwner);
      if (owner && (owner.ended || this.#isGone(owner)) && !named.has(owner.owner))
        await this.#store.remove(path);
    }
  }

  /** Null where the claim binds nobody any more. */
  async #holderOf(id: string, generation: number): Promise<Holder | null> {
    const claim = await this.#read(claimPath(id, generation), parseClaim);
    // It was taken away: the run has its record by now, which whoever claims it looks for.
    if (!claim) return this.#seen(claimPath(id, generation), null);
    const owner = await this.#read(ownerPath(claim.owner), parseOwner);
    if (owner && (owner.ended || this.#isGone(owner))) return null;
    return this.#seen(claim.owner, owner);
  }

  #isGone({ owner, host, space, pid }: OwnerRecord): boolean {
    const self = this.#self;
    if (owner === self.owner || host !== self.host || space !== self.space) return false;
    return !self.isAlive(pid);
  }

  /** What the counter of an owner says; null where it has stood still for too long. One that cannot be read stands still. */
  #seen(owner: string, record: OwnerRecord | null): Holder | null {
    const now = this.#now();
    const beat = record?.beat ?? null;
    const before = this.#sightings.get(owner);
    const isNew = before === undefined || before.beat !== beat;
    const moved = before !== undefined && (before.moved || (isNew && beat !== null));
    const sighting = isNew ? { beat, since: now, moved } : { ...before, moved };
    this.#sightings.set(owner, sighting);
    if (now - sighting.since >= this.#patienceMs) return null;
    return { owner, host: record?.host ?? 'unknown', pid: record?.pid ?? 0, isAlive: sighting.moved };
  }

  /** The highest generation of each run that anybody claims. */
  async #generations(): Promise<Map<string, number>> {
    const highest = new Map<string, number>();
    for (const path of await this.#store.list(CLAIMS)) {
      const claim = parsePath(path);
      if (claim) highest.set(claim.id, Math.max(claim.generation, highest.get(claim.id) ?? 0));
    }
    return highest;
  }

  /** One write after the other: a beat that comes late must not undo the end. */
  #writeOwner(): Promise<void> {
    const { owner, host, space, pid } = this.#self;
    const write = () => {
      const record: OwnerRecord = {
        version: 1,
        owner,
        host,
        space,
        pid,
        beat: this.#beat,
        ended: this.#ended,
      };
      return this.#store.write(ownerPath(owner), jsonBytes(record));
    };
    const written = this.#written.then(write);
    this.#written = written.catch(() => {});
    return written;
  }

  /** Null where there is none, or none that can be read: who wrote it may be dead, and its counter decides. */
  async #read<T>(path: string, parse: (json: unknown, name: string) => T): Promise<T | null> {
    const bytes = await this.#store.read(path);
    if (!bytes) return null;
    try {
      return parse(parseJson(new TextDecoder().decode(bytes), path), path);
    } catch (error) {
      if (error instanceof ConfigError || error instanceof JsonError) return null;
      throw error;
    }
  }
}

function parsePath(path: string): { id: string; generation: number } | null {
  const [, id, generation] = /^claims\/([^/]+)\.(\d+)\.json$/.exec(path) ?? [];
  return id === undefined ? null : { id, generation: Number(generation) };
}

function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value)}\n`);
}
