/** `m3lab sweep submit`: a manifest as a job of a scheduler, printed and not sent. */

import { basename, extname, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { AUTO_TASK_RUNS, cutTasks } from '../../sweep/run/tasks.ts';
import { type JobOptions, jobName } from '../../sweep/submit/job.ts';
import { kubernetesJob } from '../../sweep/submit/kubernetes.ts';
import { slurmScript } from '../../sweep/submit/slurm.ts';
import { wholeNumber } from '../arguments.ts';
import type { Io } from '../io.ts';
import { InputError } from '../report.ts';
import { fleetArgument, readManifest } from '../sweep/arguments.ts';
import { counted } from '../words/words.ts';

type SubmitOptions = {
  readonly scheduler: 'slurm' | 'k8s';
  readonly out: string;
  readonly fleet: number | 'auto';
  readonly parallel?: number;
  readonly gpus: number;
  readonly cpus: number;
  readonly memory?: string;
  readonly name?: string;
  readonly time?: string;
  readonly partition?: string;
  readonly image?: string;
  readonly volume?: { readonly claim: string; readonly path: string };
};

export function sweepSubmitCommand(ioOf: (command: Command) => Io): Command {
  return new Command('submit')
    .summary('print a job file for a scheduler')
    .description(
      'Prints a job of as many tasks as the manifest has at this --fleet; nothing is sent. Every task does its part of the manifest into the ' +
        'same DIR, saves before its time is over, and comes again after a lost device or the end of its time. m3lab sweep collect DIR then puts ' +
        'the results together.',
    )
    .argument(
      '<manifest>',
      'file that sweep plan wrote; on Kubernetes, its path in the volume is asked for as well as here',
    )
    .addOption(
      new Option('--scheduler <name>', 'slurm: an array, for sbatch; k8s: an indexed Job, for kubectl apply')
        .choices(['slurm', 'k8s'])
        .makeOptionMandatory(),
    )
    .option('--out <dir>', 'folder of the sweep, where all tasks can write', 'sweep')
    .addOption(
      new Option('--fleet <n>', `runs of a task at most; auto: ${AUTO_TASK_RUNS}`)
        .argParser(fleetArgument)
        .default('auto'),
    )
    .option('--parallel <n>', 'tasks at once (default: as many as there is room for)', wholeNumber(1))
    .option('--gpus <n>', 'GPUs of a task; 0: a processor plays the GPU', wholeNumber(0), 1)
    .option('--cpus <n>', 'processor cores of a task', wholeNumber(1), 2)
    .option('--memory <size>', 'of a task, as the scheduler writes it: 8G (slurm), 8Gi (k8s)')
    .option('--name <name>', 'of the job (default: after the manifest)')
    .option(
      '--time <limit>',
      'slurm: of a task, as Slurm writes it, e.g. 04:00:00; what is not done then comes again',
    )
    .option('--partition <name>', 'slurm: where the tasks run')
    .option('--image <name>', 'k8s: the container image, with m3lab in it')
    .option(
      '--volume <claim:path>',
      'k8s: persistent volume claim that all pods may write, and where they see it; manifest and DIR lie there',
      volumeArgument,
    )
    .action(async (manifest: string, options: SubmitOptions, command: Command) => {
      await submit(manifest, options, ioOf(command));
    });
}

async function submit(manifest: string, options: SubmitOptions, io: Io): Promise<void> {
  const { scheduler, fleet } = options;
  const { runs } = await readManifest(manifest);
  const tasks = cutTasks(runs, fleet === 'auto' ? AUTO_TASK_RUNS : fleet).length;
  const job = {
    name: jobName(options.name ?? basename(manifest, extname(manifest))),
    tasks,
    fleet,
    parallel: options.parallel ?? null,
    gpus: options.gpus,
    cpus: options.cpus,
    memory: options.memory ?? null,
  };
  if (scheduler === 'slurm') {
    refuse(options, ['image', 'volume'], 'slurm');
    const places = { manifest: resolve(manifest), out: resolve(options.out), command: thisCommand() };
    const { time = null, partition = null } = options;
    io.text(slurmScript({ ...job, ...places, time, partition }));
  } else {
    refuse(options, ['time', 'partition'], 'k8s');
    const { image, volume } = options;
    if (image === undefined || volume === undefined)
      throw new InputError(
        '--image, --volume: pods need an image with m3lab in it, and a volume that all of them write',
      );
    const inVolume = (path: string) => (path.startsWith('/') ? path : `${volume.path}/${path}`);
    const places = { manifest: inVolume(basename(manifest)), out: inVolume(options.out), command: ['m3lab'] };
    io.text(kubernetesJob({ ...job, ...places, image, volume }));
    io.say(`the pods read ${places.manifest}: copy ${manifest} there`);
  }
  io.say(`${counted(runs.length, 'run')} in ${counted(tasks, 'task')}`);
}

/** This m3lab, called as it was: a job may begin in any folder. */
function thisCommand(): JobOptions['command'] {
  const [, script] = process.argv;
  return script === undefined ? ['m3lab'] : [process.execPath, resolve(script)];
}

function refuse(options: SubmitOptions, names: readonly (keyof SubmitOptions)[], scheduler: string): void {
  for (const name of names) {
    if (options[name] !== undefined) throw new InputError(`--${name}: it means nothing to ${scheduler}`);
  }
}

function volumeArgument(text: string): { claim: string; path: string } {
  const [, claim, path] = /^([a-z0-9][a-z0-9.-]*):(\/.*?)\/?$/.exec(text) ?? [];
  if (claim === undefined || path === undefined)
    throw new InvalidArgumentError('give the claim and a path that begins with a slash, e.g. results:/data.');
  return { claim, path };
}
