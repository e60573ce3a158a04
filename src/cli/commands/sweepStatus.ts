/** `m3lab sweep status`: how far a sweep is. */

import { Command } from 'commander';
import { FolderStore } from '../../store/folder.ts';
import { MANIFEST_FILE } from '../../sweep/run/folder.ts';
import { folderStatus, type ManifestStates, type RunState } from '../../sweep/run/status.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { inSweepFolder, NO_SWEEP } from '../sweep/arguments.ts';
import { identity } from '../sweep/identity.ts';
import { amount, counted, labelled } from '../words/words.ts';

export function sweepStatusCommand(ioOf: (command: Command) => Io): Command {
  return new Command('status')
    .summary('say how far a sweep is')
    .description(
      'Says which runs of a sweep are finished, begun, and held by which processes; of a folder of m3lab reproduce it says so of each ' +
        'round that was planned there. Changes nothing.',
    )
    .argument('<dir>', 'folder that sweep run or reproduce writes')
    .option('--json', 'one JSON value on stdout: every run with its state and the manifests that name it')
    .action(async (folder: string, _: object, command: Command) => {
      const io = ioOf(command);
      const manifests = await folderStatus(new FolderStore(folder), identity()).catch((error: unknown) => {
        throw inSweepFolder(error, folder);
      });
      if (manifests.length === 0) throw new InputError(`DIR: ${folder} ${NO_SWEEP}`);
      const states = eachOnce(manifests);
      if (io.json) {
        io.value(
          states.map(({ run: { id, config, steps, flops, tags }, ...state }) => {
            const named = manifests.filter((one) => one.states.some(({ run }) => run.id === id));
            const paths = named.map(({ path }) => path);
            return { id, name: config.name, ...state, steps, flops, tags, manifests: paths };
          }),
        );
      } else io.text(`${[...manifestsWords(manifests), statusWords(states)].join('\n\n')}\n`);
    });
}

function eachOnce(manifests: readonly ManifestStates[]): RunState[] {
  return [
    ...new Map(manifests.flatMap(({ states }) => states.map((one) => [one.run.id, one] as const))).values(),
  ];
}

/** A line a round; none of a sweep's one manifest. */
function manifestsWords(manifests: readonly ManifestStates[]): string[] {
  if (manifests.every(({ path }) => path === MANIFEST_FILE)) return [];
  return [
    labelled(
      manifests.map(({ path, states }) => {
        const count = (...of: RunState['state'][]) => states.filter(({ state }) => of.includes(state)).length;
        const [finished, held, begun] = [count('done', 'diverged'), count('held'), count('begun')];
        const rest = [...(held > 0 ? [`${held} held`] : []), ...(begun > 0 ? [`${begun} begun`] : [])];
        return [path, [`${finished} of ${counted(states.length, 'run')} finished`, ...rest].join(', ')];
      }),
    ),
  ];
}

function statusWords(states: readonly RunState[]): string {
  const flops = states.reduce((sum, { run }) => sum + run.flops, 0);
  const done = states.reduce((sum, { run, state, step }) => {
    return sum + (state === 'diverged' ? run.flops : (run.flops * step) / run.steps);
  }, 0);
  const of = (state: RunState['state']) => states.filter((one) => one.state === state);
  const holders = new Map<string, number>();
  for (const { holder, state } of states) {
    if (!holder || state !== 'held') continue;
    const words = `process ${holder.pid} on ${holder.host}`;
    holders.set(words, (holders.get(words) ?? 0) + 1);
  }
  const rows: [string, string][] = [
    ['runs', `${states.length.toLocaleString('en')}, ${amount(flops, 'FLOP')}`],
    [
      'finished',
      `${of('done').length}${of('diverged').length > 0 ? ` and ${of('diverged').length} diverged` : ''}`,
    ],
    ['held', [...holders].map(([words, count]) => `${count} by ${words}`).join(', ') || '0'],
    ['begun', `${of('begun').length}, held by nobody`],
    ['open', String(of('open').length)],
    [
      'done so far',
      `${flops === 0 ? 100 : Math.floor((100 * done) / flops)} % of the FLOPs, by the last checkpoints`,
    ],
  ];
  const damaged = of('damaged');
  if (damaged.length > 0)
    rows.push(['damaged', `${counted(damaged.length, 'record')}; sweep run trains them anew`]);
  return labelled(rows);
}
