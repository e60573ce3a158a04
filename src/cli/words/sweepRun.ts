/** What `m3lab sweep run` says: a line for each run that is finished, and how long it still takes. */

import type { ManifestRun } from '../../formats/manifest.ts';
import type { RunRecord } from '../../formats/record.ts';
import type { SweepEvent } from '../../sweep/run/events.ts';
import type { SweepProgress } from '../../sweep/run/progress.ts';
import type { SweepOutcome } from '../../sweep/run/runSweep.ts';
import type { Io } from '../io.ts';
import type { ChosenTasks } from '../sweep/chosenTasks.ts';
import { amount, counted, duration } from './words.ts';

type Refusal = Extract<SweepEvent, { event: 'refused' }>;

export class Teller {
  readonly #io: Io;
  readonly #chosen: ChosenTasks;
  readonly #runs: ReadonlyMap<string, { readonly run: ManifestRun; readonly line: number }>;
  readonly #refusals: Refusal[] = [];
  #progress: SweepProgress | null = null;

  constructor(runs: readonly ManifestRun[], chosen: ChosenTasks, io: Io) {
    this.#runs = new Map(runs.map((run, index) => [run.id, { run, line: index + 1 }]));
    this.#chosen = chosen;
    this.#io = io;
  }

  begin(): void {
    const { tasks, total, by } = this.#chosen;
    const runs = counted(
      tasks.reduce((sum, task) => sum + task.runs.length, 0),
      'run',
    );
    const [first] = tasks;
    const what =
      by === ''
        ? `${runs} in ${counted(total, 'task')}`
        : tasks.length === 1 && first
          ? `${runs}: task ${first.index} of ${total}, counted from 0 (${by})`
          : `${runs} in ${tasks.length} of ${counted(total, 'task')} (${by})`;
    this.#io.say(what);
  }

  tell(event: SweepEvent): void {
    const io = this.#io;
    // Machines hear of the sweep when a run is finished; people see it move.
    const isNews = event.event !== 'sweep' || event.finished !== this.#progress?.finished;
    if (io.json && isNews) io.value(event);
    switch (event.event) {
      case 'sweep':
        this.#progress = event;
        io.progress(progressWords(event));
        return;
      case 'record':
        io.say(`${recordLine(event.name, event.id, event.record)}${this.#place()}`);
        return;
      case 'fleet':
        io.say(event.reason);
        return;
      case 'warning':
        io.say(`${event.run === undefined ? '' : `${this.#named(event.run)}: `}warning: ${event.message}`);
        return;
      case 'refused':
        this.#refusals.push(event);
        io.say(`${this.#named(event.id)} cannot be: ${event.field}: ${event.problem}`);
        return;
      case 'damaged':
        io.say(`${event.path} is damaged (${event.problem}); ${this.#named(event.id)} is trained anew`);
        return;
      case 'left':
        io.say(
          `${this.#named(event.id)} is left to process ${event.holder.pid} on ${event.holder.host}, which is at it`,
        );
        return;
      case 'watching':
        io.say(
          `${counted(event.runs.length, 'run')} held by process ${event.holder.pid} on ${event.holder.host}: watching for 90 s whether it lives`,
        );
        return;
      case 'lost':
        io.say(
          `${this.#named(event.id)}: another process has taken it over, since this one was not heard of; it is left to that one`,
        );
        return;
      default:
    }
  }

  end({ found, trained, refused, left }: SweepOutcome, out: string): void {
    const io = this.#io;
    io.progress('');
    const parts = [
      `${counted(trained.length, 'run')} finished`,
      ...(found.length > 0 ? [`${found.length} were finished before`] : []),
      ...(left.size > 0 ? [`${left.size} are left to other processes`] : []),
      ...(refused.length > 0 ? [`${refused.length} cannot be`] : []),
    ];
    io.say(`${parts.join(', ')}; records in ${out}/records`);
  }

  /** What could not be, as one error. */
  refusals(manifest: string): string {
    const [first] = this.#refusals;
    if (!first) return manifest;
    const line = this.#runs.get(first.id)?.line ?? 0;
    const more = this.#refusals.length > 1 ? ` (and ${this.#refusals.length - 1} more, said above)` : '';
    return `${manifest}:${line}: config.${first.field}: ${first.problem}${more}; all other runs are finished or left to others`;
  }

  /** Where the sweep stands, for logs, which have no line that moves. */
  #place(): string {
    const progress = this.#progress;
    if (!progress) return '';
    const { finished, runs, remainingSeconds } = progress;
    const left = remainingSeconds === null ? '' : `, ${duration(remainingSeconds)} left`;
    return ` [${finished}/${runs}${left}]`;
  }

  #named(id: string): string {
    const name = this.#runs.get(id)?.run.config.name;
    return name === undefined ? id : `${name} (${id})`;
  }
}

export function progressWords({
  runs,
  finished,
  flops,
  flopsDone,
  elapsedSeconds,
  remainingSeconds,
}: SweepProgress): string {
  const share = flops === 0 ? 100 : Math.floor((100 * flopsDone) / flops);
  const left = remainingSeconds === null ? '' : `, ${duration(remainingSeconds)} left`;
  return `${finished} of ${counted(runs, 'run')}, ${share} % of ${amount(flops, 'FLOP')}; ${duration(elapsedSeconds)} gone${left}`;
}

function recordLine(name: string, id: string, { status, realised, final, seconds }: RunRecord): string {
  const loss = final
    ? `target ${final.targetLoss.toFixed(4)} nats, ${final.targetBitsPerByte.toFixed(3)} bits per byte`
    : 'no loss';
  return `${name} (${id}): ${status} at step ${realised.steps.toLocaleString('en')}; ${loss}; ${duration(seconds)}`;
}
