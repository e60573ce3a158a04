/**
 * A sweep as a Slurm job array, a task of the manifest an array task.
 *
 * Before its time is over a task gets a signal, saves and is queued again; the same after a lost device, and after a SIGTERM to m3lab
 * alone. A SIGTERM to the whole task is Slurm's own: on preemption it queues the task again by itself (`--requeue`), and a task
 * that was cancelled must stay so.
 */

import { JOB_EXIT, type JobOptions, MOST_TRIES, taskWords } from './job.ts';

/** Seconds before the end of the time limit at which a task is told to save; checkpoints of a fleet take a fraction of it. */
const SAVE_SECONDS = 120;

export type SlurmOptions = JobOptions & {
  /** As Slurm writes it, e.g. `04:00:00`; null: the partition's. */
  readonly time: string | null;
  readonly partition: string | null;
};

/** The text of a batch script. */
export function slurmScript(options: SlurmOptions): string {
  const { name, tasks, parallel, gpus, cpus, memory, time, partition } = options;
  const directives = [
    `--job-name=${name}`,
    `--array=0-${tasks - 1}${parallel === null ? '' : `%${parallel}`}`,
    '--nodes=1',
    '--ntasks=1',
    `--cpus-per-task=${cpus}`,
    ...(gpus > 0 ? [`--gpus-per-task=${gpus}`] : []),
    ...(memory === null ? [] : [`--mem=${memory}`]),
    ...(partition === null ? [] : [`--partition=${partition}`]),
    ...(time === null ? [] : [`--time=${time}`, `--signal=B:USR1@${SAVE_SECONDS}`]),
    '--requeue',
    '--open-mode=append',
    `--output=${name}-%A_%a.log`,
  ];
  return `#!/bin/bash
${directives.map((words) => `#SBATCH ${words}`).join('\n')}

# ${tasks} tasks; which one this is stands in SLURM_ARRAY_TASK_ID. Runs that are finished are skipped, so this file may be submitted again.
${taskWords(options).map(quoted).join(' ')} &
run=$!
again=0
# Shortly before the time is over: save, and go on in another turn.
trap 'again=1; kill -TERM "$run" 2>/dev/null' USR1
# Cancelled or preempted: save. Whether it comes again is for Slurm to say.
trap 'again=-1; kill -TERM "$run" 2>/dev/null' TERM
# A signal ends the wait, not the run.
while kill -0 "$run" 2>/dev/null; do wait "$run"; done
wait "$run"
code=$?

# ${JOB_EXIT.deviceLost}: the device was lost; ${JOB_EXIT.terminated}: ended by a signal, all is saved.
case $code in ${JOB_EXIT.deviceLost} | ${JOB_EXIT.terminated}) [ "$again" -eq 0 ] && again=1 ;; *) again=0 ;; esac
if [ "$again" -eq 1 ] && [ "\${SLURM_RESTART_COUNT:-0}" -lt ${MOST_TRIES} ]; then
  scontrol requeue "\${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID}" && sleep 60
fi
exit "$code"
`;
}

/** One word for a shell, whatever is in it. */
function quoted(word: string): string {
  return /^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
