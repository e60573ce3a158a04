/** What `m3lab reproduce NAME` does: trains what is missing, with this machine's device, files and texts, and reports. */

import type { Asked } from '../../sweep/reproduce/place.ts';
import { reproduce } from '../../sweep/reproduce/reproduce.ts';
import { runsSummary } from '../../sweep/reproduce/summary.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { identity } from '../sweep/identity.ts';
import { versions } from '../versions.ts';
import { ReproduceTeller } from '../words/reproduce/teller.ts';
import { counted } from '../words/words.ts';
import { commandsOf, type ReproduceOptions } from './options.ts';
import { machineWords } from './reportFiles.ts';
import { inSession } from './session.ts';
import { tellReport } from './tellReport.ts';

export async function trainHere(asked: Asked, options: ReproduceOptions, io: Io): Promise<void> {
  const { experiment } = asked;
  const refused = await inSession(experiment.name, options, io, async (session) => {
    const { out, store, engine, device, memoryBytes, planning, texts, fleet } = session;
    const teller = new ReproduceTeller(io, out);
    const done = await reproduce(asked, {
      store,
      planning,
      texts,
      engine,
      identity: identity(),
      environment: () => ({ device: device().facts, versions: versions() }),
      memoryBytes,
      ...fleet,
      checkpointEverySeconds: options.checkpointEvery,
      signal: io.signal,
      onEvent: (event) => teller.tell(event),
      onRound: (facts, lines) => teller.round(facts, lines),
      onReportProgress: (doing, share) => io.progress(`${doing}: ${Math.floor(100 * share)} %`),
    });
    io.progress('');
    const { results, lines, report } = done;
    await tellReport(
      asked,
      {
        report,
        results,
        lines,
        context: {
          summary: runsSummary(results),
          missing: lines.length - results.length,
          emptyRounds: [],
          machine: machineWords(),
          commands: commandsOf(asked),
        },
      },
      { ...options, out },
      io,
    );
    return done.refused.length;
  });
  if (refused > 0)
    throw new InputError(
      `${counted(refused, 'run')} could not be trained, as said above; the report does without`,
    );
}
