/** What `m3lab verify` does, with this machine's device, files and texts. */

import { type PlacedRecord, recordsOfJson, recordsOfLines } from '../formats/runs/records.ts';
import { drawn, type FinishedRecord, isFinished, lossDifference, trainAgain } from '../sweep/verify.ts';
import { RunConfigError } from '../train/fleet/plan.ts';
import { textReader } from './corpora/configs.ts';
import { readTextFile } from './files/files.ts';
import { lazyEngine } from './gpu/lazyEngine.ts';
import type { Io } from './io.ts';
import { DifferentLossError, InputError } from './report.ts';
import { versions } from './versions.ts';
import { type Verified, verifiedTable } from './words/verify.ts';

export type VerifyOptions = {
  readonly draw?: number;
  readonly seed: number;
  readonly id?: readonly string[];
  readonly mostFlops?: number;
  readonly tolerance: number;
};

export async function verifyRecords(paths: readonly string[], options: VerifyOptions, io: Io): Promise<void> {
  const { draw, seed, tolerance } = options;
  const found = await finishedRecords(paths, options, io);
  const records = draw === undefined ? found : drawn(found, draw, seed);
  const { engine, device, close } = lazyEngine('off', io);
  const read = textReader({ io, savedTokenizer: async () => null });
  const verified: Verified[] = [];
  try {
    for (const [index, { record, place }] of records.entries()) {
      const { config } = record;
      const texts = await read([{ path: place, config }]);
      const told = `run ${index + 1} of ${records.length}, ${config.name}`;
      const again = await trainAgain(record, {
        engine,
        corpora: texts.corporaOf(config),
        environment: () => ({ device: device().facts, versions: versions() }),
        signal: io.signal,
        onEvent: (event) => {
          if (event.event === 'loss') io.progress(`${told}: step ${event.step} of ${record.realised.steps}`);
        },
      }).catch((error: unknown) => {
        if (!(error instanceof RunConfigError)) throw error;
        throw new InputError(`${place}: config.${error.field}: ${error.problem}`);
      });
      verified.push({ record, again, difference: lossDifference(record, again) });
    }
  } finally {
    io.progress('');
    close();
  }
  if (io.json) {
    const runs = verified.map(({ record, again, difference }) => ({
      id: record.id,
      name: record.config.name,
      recorded: { targetLoss: record.final?.targetLoss, sourceLoss: record.final?.sourceLoss },
      again: { targetLoss: again.final?.targetLoss, sourceLoss: again.final?.sourceLoss },
      difference,
    }));
    io.value({ tolerance, runs });
  } else io.text(verifiedTable(verified, tolerance));
  const different = verified.filter(({ difference }) => !(difference <= tolerance)).length;
  if (different > 0) {
    throw new DifferentLossError(
      `${different} of ${verified.length} runs came to another loss than their records say, by more than ${tolerance}; ` +
        'another kind of adapter rounds otherwise',
    );
  }
}

type PlacedFinished = { readonly record: FinishedRecord; readonly place: string };

/** The records that may be drawn. A file that holds none, or an id that none has, is the user's mistake. */
async function finishedRecords(
  paths: readonly string[],
  { id, mostFlops = Number.POSITIVE_INFINITY }: VerifyOptions,
  io: Io,
): Promise<PlacedFinished[]> {
  const all: PlacedRecord[] = [];
  for (const path of paths) {
    const text = await readTextFile(path, 'RECORDS');
    all.push(...(path.endsWith('.jsonl') ? recordsOfLines(text, path) : recordsOfJson(text, path)));
  }
  const missing = id?.find((one) => !all.some(({ record }) => record.id === one));
  if (missing !== undefined) throw new InputError(`--id: none of the records has the id ${missing}`);
  const ended = all.flatMap(({ record, place }) => (isFinished(record) ? [{ record, place }] : []));
  const finished = ended.filter(({ record }) => !record.config.start);
  if (finished.length === 0 && ended.length > 0) {
    throw new InputError(
      `${paths.join(', ')}: every run that finished began from another model, whose weights a record does not hold, so none can be trained again from it`,
    );
  }
  if (finished.length < ended.length) {
    io.say(
      `${ended.length - finished.length} finished runs began from another model, whose weights a record does not hold; they are left out`,
    );
  }
  const wanted = finished.filter(
    ({ record }) => (id?.includes(record.id) ?? true) && record.realised.flops <= mostFlops,
  );
  if (wanted.length > 0) return wanted;
  throw new InputError(
    finished.length === 0
      ? `${paths.join(', ')}: no record of a finished run in ${all.length}`
      : `--most-flops, --id: none of the ${finished.length} finished runs is left`,
  );
}
