/**
 * A Slurm of one node in a scratch folder, made of Debian's packages (slurm-wlm, munge) and run by whoever calls this; nothing of the
 * system's own configuration is touched.
 */

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname, tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const PROGRAMS = ['munged', 'slurmctld', 'slurmd', 'sbatch', 'scontrol', 'squeue'];
const READY_MS = 60_000;

/** Daemons lie where not every user's PATH leads. */
const PATH = [process.env.PATH ?? '', '/usr/sbin', '/sbin'].join(delimiter);
const call = promisify(execFile);

/** The programs of a Slurm that this machine lacks. */
export async function missingPrograms(): Promise<string[]> {
  const found = await Promise.all(
    PROGRAMS.map((program) =>
      call('sh', ['-c', `command -v ${program}`], { env: { ...process.env, PATH } }).then(
        () => true,
        () => false,
      ),
    ),
  );
  return PROGRAMS.filter((_, index) => !found[index]);
}

export class Cluster {
  readonly folder = mkdtempSync(join(tmpdir(), 'm3lab-slurm-'));
  readonly #daemons: ChildProcess[] = [];
  readonly #log: string[] = [];

  /** Starts munge, controller and node, and waits until the node takes jobs. */
  async start(): Promise<void> {
    for (const name of ['state', 'spool', 'run']) mkdirSync(join(this.folder, name), { mode: 0o755 });
    chmodSync(this.folder, 0o755);
    const [controllerPort, nodePort] = [await freePort(), await freePort()];
    writeFileSync(join(this.folder, 'munge.key'), Buffer.alloc(64, 7), { mode: 0o600 });
    writeFileSync(join(this.folder, 'slurm.conf'), this.#configuration(controllerPort, nodePort));
    writeFileSync(join(this.folder, 'cgroup.conf'), 'CgroupPlugin=cgroup/v1\nCgroupAutomount=no\n');
    const place = (name: string) => join(this.folder, 'run', name);
    this.#spawn('munged', [
      '--foreground',
      // The scratch folder may lie in one that others can write.
      '--force',
      `--key-file=${join(this.folder, 'munge.key')}`,
      `--socket=${place('munge.socket')}`,
      `--pid-file=${place('munged.pid')}`,
      `--log-file=${place('munged.log')}`,
      `--seed-file=${place('munged.seed')}`,
    ]);
    await this.#until('munge answers', () =>
      call('munge', ['-n', '-S', place('munge.socket')], this.#options),
    );
    this.#spawn('slurmctld', ['-D', '-f', join(this.folder, 'slurm.conf')]);
    this.#spawn('slurmd', ['-D', '-f', join(this.folder, 'slurm.conf'), '-N', NODE]);
    await this.#until('the node is idle', async () => {
      const { stdout } = await this.call('sinfo', '--noheader', '--format=%t');
      if (!stdout.startsWith('idle')) throw new Error(`the node is ${stdout.trim()}`);
    });
  }

  /** One of Slurm's programs, on this cluster. */
  call(program: string, ...words: readonly string[]): Promise<{ stdout: string; stderr: string }> {
    return call(program, words, { ...this.#options, cwd: this.folder });
  }

  async stop(): Promise<void> {
    for (const daemon of this.#daemons.reverse()) {
      const ended = new Promise((resolve) => daemon.once('close', resolve));
      if (daemon.exitCode !== null || daemon.signalCode !== null) continue;
      daemon.kill('SIGTERM');
      const timer = setTimeout(() => daemon.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(timer);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  get #options() {
    return { env: { ...process.env, PATH, SLURM_CONF: join(this.folder, 'slurm.conf') } };
  }

  #spawn(program: string, words: readonly string[]): void {
    const daemon = spawn(program, words, { ...this.#options, stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (chunk: Buffer) => this.#log.push(`${program}: ${chunk}`);
    daemon.stdout.on('data', keep);
    daemon.stderr.on('data', keep);
    daemon.on('error', (error) => this.#log.push(`${program}: ${error.message}\n`));
    this.#daemons.push(daemon);
  }

  async #until(what: string, attempt: () => Promise<unknown>): Promise<void> {
    const begun = performance.now();
    for (;;) {
      try {
        await attempt();
        return;
      } catch (error) {
        if (performance.now() - begun > READY_MS)
          throw new Error(`${what}: not within ${READY_MS / 1000} s (${error})\n${this.#log.join('')}`);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  }

  #configuration(controllerPort: number, nodePort: number): string {
    const user = userInfo().username;
    const place = (name: string) => join(this.folder, 'run', name);
    return `ClusterName=m3lab
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmctldPort=${controllerPort}
SlurmdPort=${nodePort}
SlurmUser=${user}
SlurmdUser=${user}
AuthType=auth/munge
# What is queued again waits until its old credential has expired: two minutes, if nothing is said. What is not begun until then is
# put off by minutes, and a machine that has just woken may take some seconds to begin it.
AuthInfo=socket=${place('munge.socket')},cred_expire=20
BatchStartTimeout=60
MessageTimeout=60
StateSaveLocation=${join(this.folder, 'state')}
SlurmdSpoolDir=${join(this.folder, 'spool')}
SlurmctldPidFile=${place('slurmctld.pid')}
SlurmdPidFile=${place('slurmd.pid')}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
ReturnToService=2
KillWait=5
SchedulerParameters=sched_min_interval=0,batch_sched_delay=0
# As many tasks at once as the test has, whatever the machine has.
SlurmdParameters=config_overrides
NodeName=${NODE} NodeHostname=${hostname()} NodeAddr=127.0.0.1 CPUs=4 RealMemory=1024 State=UNKNOWN
PartitionName=test Nodes=${NODE} Default=YES MaxTime=INFINITE State=UP
`;
  }
}

const NODE = 'node1';

/** The log of one task of an array, empty where there is none yet. */
export function taskLog(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch {
    return '';
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('there is no free port');
  return address.port;
}
