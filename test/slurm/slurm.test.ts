/** A job file of `m3lab sweep submit` on a real Slurm of one node; see cluster.ts. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { formatManifest } from '../../src/formats/manifest.ts';
import { run } from '../cli/commands.ts';
import { BINARY, recordsIn, sweepRun } from '../cli/sweep/processes.ts';
import { manifestRun, tinyConfig } from '../sweep/manifests.ts';
import { Cluster, missingPrograms, taskLog } from './cluster.ts';

const TASKS = 3;
const RUNS_PER_TASK = 2;
const WAIT_MS = 200_000;

const missing = await missingPrograms();
const why =
  missing.length === 0
    ? ''
    : ` (LEFT OUT: no ${missing.join(', ')}; Debian: apt-get install slurm-wlm munge)`;
if (why !== '') console.warn(`test/slurm is left out${why}`);

const clusters: Cluster[] = [];
afterAll(async () => {
  for (const cluster of clusters) await cluster.stop();
});

const RUNS = Array.from({ length: TASKS * RUNS_PER_TASK }, (_, seed) =>
  manifestRun(
    tinyConfig({
      name: 'slurm',
      seed,
      // Those of the first task end by themselves; the others must last until they are told to end.
      recipe: { targetTokens: 209, epochs: seed < RUNS_PER_TASK ? 1 : 60, ratio: 0.5 },
      evaluation: { every: 100 },
    }),
  ),
);

test.skipIf(missing.length > 0)(
  `an array of ${TASKS} tasks, one told to end and one killed, both queued again, gives what a local run gives${why}`,
  async () => {
    const cluster = new Cluster();
    clusters.push(cluster);
    await cluster.start();
    const at = (name: string) => join(cluster.folder, name);
    writeFileSync(at('manifest.jsonl'), formatManifest(RUNS));

    const printed = await run([
      ...['sweep', 'submit', at('manifest.jsonl'), '--scheduler', 'slurm', '--fleet', String(RUNS_PER_TASK)],
      ...['--out', at('array'), '--gpus', '0', '--cpus', '1', '--time', '30:00'],
    ]);
    expect(printed.code, printed.error).toBe(0);
    expect(printed.out).toContain(`#SBATCH --array=0-${TASKS - 1}\n`);
    // Called as this test is, where a person calls the binary; and kernels from the fixed table, as in the local run.
    const script = printed.out.replace(
      /^.* sweep run (.*) &$/m,
      `${process.execPath} ${BINARY} sweep run $1 --tuning off --checkpoint-every 0.2 &`,
    );
    writeFileSync(at('job.sh'), script);
    const { stdout } = await cluster.call('sbatch', '--parsable', 'job.sh');
    const job = stdout.trim();

    // Both are awaited at once: whichever trains first may be through before the other begins.
    const found = Promise.all([
      // Told to end, m3lab saves and exits with 143; the job file queues the task again.
      processOf(at('array'), 1).then((pid) => process.kill(pid, 'SIGTERM')),
      // Killed with all that it had, by Slurm, and queued again; held still until Slurm has come to it.
      processOf(at('array'), 2).then((pid) => {
        process.kill(pid, 'SIGSTOP');
        return cluster.call('scontrol', 'requeue', `${job}_2`);
      }),
    ]);
    await found.catch(async (error) => {
      const queued = await cluster.call('squeue', '--format=%i %T %r');
      throw new Error([error.message, queued.stdout, ...logsOf(cluster, job)].join('\n---\n'));
    });

    await until('the array is through', async () => {
      const queued = await cluster.call('squeue', '--noheader', '--format=%i %T %r');
      if (queued.stdout.trim() !== '') throw new Error(queued.stdout);
    });
    const logs = logsOf(cluster, job);
    const all = logs.join('\n---\n');
    expect(logs[1], all).toContain('the same command goes on');
    for (const log of logs)
      expect(log, all).toMatch(
        /(2 runs finished|1 run finished, 1 were finished before|2 were finished before)/,
      );
    const { stdout: facts } = await cluster.call('scontrol', 'show', 'job', job);
    expect(facts.match(/Restarts=[1-9]/g), facts).toHaveLength(2);

    const local = await sweepRun(cluster.folder, ['manifest.jsonl', '--out', 'local']);
    expect(local.code, local.error).toBe(0);
    expect(recordsIn(at('array'))).toEqual(recordsIn(at('local')));
    expect(readdirSync(at('array/work'))).toEqual([]);
  },
  400_000,
);

/** What each task has printed so far, by its index. */
function logsOf(cluster: Cluster, job: string): string[] {
  return Array.from({ length: TASKS }, (_, task) => taskLog(cluster.folder, `manifest-${job}_${task}.log`));
}

/** The process that does a task, once it trains: it has claimed a run, and a checkpoint of it is there. */
async function processOf(folder: string, task: number): Promise<number> {
  let found = 0;
  await until(`task ${task} trains`, async () => {
    const begun = readdirSync(join(folder, 'work'));
    for (const name of readdirSync(join(folder, 'owners'))) {
      const { pid, owner } = JSON.parse(readFileSync(join(folder, 'owners', name), 'utf8'));
      const claims = readdirSync(join(folder, 'claims')).filter((claim) => {
        return JSON.parse(readFileSync(join(folder, 'claims', claim), 'utf8')).owner === owner;
      });
      if (isTask(pid, task) && claims.some((claim) => begun.includes(claim.split('.')[0] ?? ''))) found = pid;
    }
    if (found === 0) throw new Error('it does not yet');
  });
  return found;
}

/** Whether a process does a task of the array; one that has ended does none. */
function isTask(pid: number, task: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`SLURM_ARRAY_TASK_ID=${task}`);
  } catch {
    return false;
  }
}

async function until(what: string, attempt: () => Promise<void>): Promise<void> {
  const begun = performance.now();
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (performance.now() - begun > WAIT_MS)
        throw new Error(`${what}: not within ${WAIT_MS / 1000} s (${error})`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
