/** What `m3lab reproduce NAME --plan` does: says what the next round will take, and about what the rest will; trains nothing. */

import { WebGpuUnavailableError } from '../../gpu/errors.ts';
import { measurePeak } from '../../gpu/peak.ts';
import { DeviceMemoryError, estimateSweep } from '../../sweep/design/estimate.ts';
import { type ForecastOptions, forecast } from '../../sweep/reproduce/forecast.ts';
import type { Asked } from '../../sweep/reproduce/place.ts';
import { DawnError } from '../gpu/dawn.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { forecastSummary, forecastWords } from '../words/reproduce/forecast.ts';
import type { ReproduceOptions } from './options.ts';
import { inSession, type Session } from './session.ts';

export async function planHere(asked: Asked, options: ReproduceOptions, io: Io): Promise<void> {
  await inSession(asked.experiment.name, options, io, async (session) => {
    const { store, planning, fleet, out } = session;
    const { taskRuns } = fleet;
    const found = await forecast(asked, {
      store,
      planning,
      estimate: estimating(session, io),
      signal: io.signal,
      ...(taskRuns !== undefined && { taskRuns }),
    });
    const isMeasured = found.next?.cost.seconds != null;
    const summary = forecastSummary(asked, found, out, isMeasured ? await peakOf(session, io) : null);
    io.progress('');
    if (io.json) io.value(summary);
    else io.text(`${forecastWords(summary)}\n`);
  });
}

/** Gives null, and says so once, where there is no device: a machine that plans need not be one that trains. */
function estimating(session: Session, io: Io): ForecastOptions['estimate'] {
  const { engine, planning, memoryBytes, fleet } = session;
  let isThere = true;
  return async (runs, savedSteps) => {
    if (!isThere) return null;
    try {
      return await estimateSweep(runs, {
        engine,
        corporaOf: planning.corporaOf,
        memoryBytes,
        savedSteps,
        ...(fleet.fleetSize !== undefined && { fleetSize: fleet.fleetSize }),
        signal: io.signal,
        onProgress: (done, all) => io.progress(`measuring fleets: ${done} of ${all} …`),
      });
    } catch (error) {
      if (error instanceof DeviceMemoryError) throw new InputError(error.message);
      if (!(error instanceof WebGpuUnavailableError || error instanceof DawnError)) throw error;
      io.say(`note: nothing is measured, for there is no device here: ${error.message}`);
      isThere = false;
      return null;
    }
  };
}

async function peakOf({ device }: Session, io: Io): Promise<number> {
  io.progress('measuring the peak …');
  return measurePeak(device());
}
