/** What a scheduler is to be told of a sweep. */

/** Exit codes of `m3lab sweep run` that a scheduler must tell apart. */
export const JOB_EXIT = {
  /** Wrong usage or input: another try would end the same. */
  usage: 2,
  /** The device was lost: another try may well succeed. */
  deviceLost: 75,
  /** SIGTERM, after all was saved: another try goes on. */
  terminated: 143,
} as const;

/** Tries of one task after device losses and ends of time, before somebody should look at it. */
export const MOST_TRIES = 50;

export type JobOptions = {
  /** Of the job: letters, digits and hyphens. */
  readonly name: string;
  /** How `m3lab` is called where the job runs: the program and its first arguments. */
  readonly command: readonly string[];
  /** As the job sees it. */
  readonly manifest: string;
  readonly out: string;
  readonly tasks: number;
  readonly fleet: number | 'auto';
  /** Tasks at once; null: as many as there is room for. */
  readonly parallel: number | null;
  readonly gpus: number;
  readonly cpus: number;
  /** As the scheduler writes it, e.g. `8G` or `8Gi`; null leaves it to the scheduler. */
  readonly memory: string | null;
};

/** The words of `m3lab sweep run` for one task, whose number the scheduler puts into the environment. */
export function taskWords({ command, manifest, out, fleet }: JobOptions): string[] {
  return [...command, 'sweep', 'run', manifest, '--out', out, '--fleet', String(fleet)];
}

/** A name that every scheduler takes, from the name of a file. */
export function jobName(text: string): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '');
  return name === '' || /^[0-9]/.test(name) ? `sweep${name === '' ? '' : `-${name}`}` : name;
}
