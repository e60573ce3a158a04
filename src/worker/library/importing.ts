/** Files with runs → the runs that are kept, and of each file what became of it. */

import type { RunRecord } from '../../formats/record.ts';
import type { ImportedFile, ImportOutcome, Refused } from '../api/library.ts';
import { failureOf } from '../failures.ts';
import { seldom } from '../seldom.ts';
import type { Teller } from '../teller.ts';
import { type PickedFile, runsOfFile } from './reading.ts';
import type { RunShelf, RunToKeep } from './runShelf.ts';

/** Runs that are put down at once: a batch is all or nothing, and what was taken before it stays. */
const BATCH = 100;
/** Refusals that are listed; the others are counted. */
const MOST_LISTED = 50;
/** Progress is told no more often than this. */
const PROGRESS_MS = 100;

export type ImportingOptions = {
  readonly runs: RunShelf;
  readonly teller: Pick<Teller, 'tell'>;
  readonly signal: AbortSignal;
};

/** Never rejects: what breaks off the reading, a full storage or a person who stops it, say, is said of the file, and what was read by then stays. */
export async function importRuns(
  files: readonly PickedFile[],
  options: ImportingOptions,
): Promise<ImportOutcome> {
  const totalBytes = files.reduce((sum, { size }) => sum + size, 0);
  const tell = seldom(PROGRESS_MS, (bytes: number) =>
    options.teller.tell({ event: 'importing', bytes, totalBytes }),
  );
  let read = 0;
  const onBytes = (bytes: number) => {
    read += bytes;
    tell(read);
  };
  const outcomes: ImportedFile[] = [];
  for (const file of files) outcomes.push(await importFile(file, onBytes, options));
  return { files: outcomes };
}

async function importFile(
  file: PickedFile,
  onBytes: (bytes: number) => void,
  options: ImportingOptions,
): Promise<ImportedFile> {
  const { name } = file;
  const outcome = new Outcome(name);
  const intake = new Intake(outcome, name, options.runs);
  try {
    for await (const found of runsOfFile(file, { onBytes })) {
      options.signal.throwIfAborted();
      if ('refused' in found) outcome.refuse(found.refused);
      else await intake.add(found.record);
    }
    await intake.flush();
  } catch (error) {
    await intake.breakOff(error, options.signal.aborted);
  }
  return outcome.facts();
}

/** Puts runs down in batches. */
class Intake {
  readonly #outcome: Outcome;
  readonly #name: string;
  readonly #runs: RunShelf;
  #batch: RunToKeep[] = [];
  #isFirst = true;

  constructor(outcome: Outcome, name: string, runs: RunShelf) {
    this.#outcome = outcome;
    this.#name = name;
    this.#runs = runs;
  }

  async add(record: RunRecord): Promise<void> {
    this.#batch.push({ record, place: { origin: 'imported', collection: this.#name } });
    if (this.#batch.length >= BATCH) await this.flush();
  }

  async flush(): Promise<void> {
    this.#outcome.take(this.#batch, await this.#runs.keepAll(this.#batch));
    if (this.#batch.length > 0) this.#isFirst = false;
    this.#batch = [];
  }

  /** Says why nothing more comes of the file. What was read and not put down yet is put down, unless that is what failed. */
  async breakOff(error: unknown, isStopped: boolean): Promise<void> {
    if (isStopped) {
      const last = this.#batch.at(-1)?.record.id;
      try {
        await this.flush();
        this.#refuse(last === undefined ? null : `after run ${last}`, 'it was stopped');
        return;
      } catch (failed) {
        // What was read is in the batch still, and is named below.
        return this.breakOff(failed, false);
      }
    }
    const from = this.#batch[0]?.record.id;
    const reason = failureOf(error).message.replace(/\.$/, '');
    this.#refuse(from === undefined ? null : `from run ${from} on`, reason);
  }

  #refuse(place: string | null, reason: string): void {
    this.#outcome.refuse({
      place: place === null ? this.#name : `${this.#name}, ${place}`,
      reason: this.#isFirst ? reason : `${reason}; the runs before it were taken`,
    });
  }
}

/** Counts what becomes of a file. */
export class Outcome {
  readonly #name: string;
  #taken = 0;
  #known = 0;
  readonly #differing: string[] = [];
  readonly #refused: Refused[] = [];
  #refusedCount = 0;

  constructor(name: string) {
    this.#name = name;
  }

  take(runs: readonly RunToKeep[], verdicts: Awaited<ReturnType<RunShelf['keepAll']>>): void {
    for (const [index, { record }] of runs.entries()) {
      const verdict = verdicts[index];
      if (verdict === 'taken') this.#taken++;
      else if (verdict === 'known') this.#known++;
      else this.#differing.push(record.id);
    }
  }

  refuse(refused: Refused): void {
    this.#refusedCount++;
    if (this.#refused.length < MOST_LISTED) this.#refused.push(refused);
  }

  facts(): ImportedFile {
    return {
      name: this.#name,
      taken: this.#taken,
      known: this.#known,
      differing: this.#differing,
      refused: this.#refused,
      refusedCount: this.#refusedCount,
    };
  }
}
