import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { jobName } from '../../../src/sweep/submit/job.ts';
import { kubernetesJob } from '../../../src/sweep/submit/kubernetes.ts';
import { slurmScript } from '../../../src/sweep/submit/slurm.ts';

const JOB = {
  name: 'phase-shift',
  command: ['/usr/bin/node', '/lab/bin/m3lab.mjs'],
  manifest: '/data/phase shift.jsonl',
  out: "/data/it's here",
  tasks: 12,
  fleet: 16,
  parallel: 4,
  gpus: 1,
  cpus: 2,
  memory: '8G',
};

test('a job for Slurm: array, signal before the end, queued again', () => {
  const script = slurmScript({ ...JOB, time: '04:00:00', partition: 'gpu' });
  expect(script.split('\n').filter((line) => line.startsWith('#SBATCH'))).toEqual([
    '#SBATCH --job-name=phase-shift',
    '#SBATCH --array=0-11%4',
    '#SBATCH --nodes=1',
    '#SBATCH --ntasks=1',
    '#SBATCH --cpus-per-task=2',
    '#SBATCH --gpus-per-task=1',
    '#SBATCH --mem=8G',
    '#SBATCH --partition=gpu',
    '#SBATCH --time=04:00:00',
    '#SBATCH --signal=B:USR1@120',
    '#SBATCH --requeue',
    '#SBATCH --open-mode=append',
    '#SBATCH --output=phase-shift-%A_%a.log',
  ]);
  expect(script).toContain(
    `/usr/bin/node /lab/bin/m3lab.mjs sweep run '/data/phase shift.jsonl' --out '/data/it'\\''s here' --fleet 16 &\n`,
  );
  const plain = slurmScript({ ...JOB, parallel: null, gpus: 0, memory: null, time: null, partition: null });
  expect(plain).toContain('#SBATCH --array=0-11\n');
  expect(plain).not.toMatch(/--signal|--gpus|--mem|--partition/);
});

/** The script with a stand-in for m3lab that ends as it is told; scontrol says that it was called. */
function bash(standIn: string, env: Record<string, string> = {}): string {
  const script = slurmScript({ ...JOB, command: ['bash', '-c', standIn], time: null, partition: null });
  const around = `scontrol() { echo "$@"; }; sleep() { :; }\n${script}`;
  try {
    const options = {
      env: { ...process.env, SLURM_ARRAY_JOB_ID: '7', SLURM_ARRAY_TASK_ID: '3', ...env },
      encoding: 'utf8',
      timeout: 10_000,
    } as const;
    return `${execFileSync('bash', ['-c', around], options)}0`;
  } catch (error) {
    const { stdout, status } = error as { stdout: string; status: number };
    return `${stdout}${status}`;
  }
}

test.each<[string, string, Record<string, string>, string]>([
  ['is done', 'exit 0', {}, '0'],
  ['has wrong input', 'exit 2', {}, '2'],
  ['fails', 'exit 1', {}, '1'],
  ['loses its device', 'exit 75', {}, 'requeue 7_3\n75'],
  ['is told to end by somebody', 'kill -TERM $$', {}, 'requeue 7_3\n143'],
  ['nears the end of its time', 'command sleep 0.2; kill -USR1 $PPID; exec sleep 5', {}, 'requeue 7_3\n143'],
  ['is cancelled', 'command sleep 0.2; kill -TERM $PPID; exec sleep 5', {}, '143'],
  [
    'is done just when its time nears its end',
    'trap "" TERM; command sleep 0.2; kill -USR1 $PPID; command sleep 0.1; exit 0',
    {},
    '0',
  ],
  ['has come too often', 'exit 75', { SLURM_RESTART_COUNT: '50' }, '75'],
])('a task of Slurm that %s', (_, standIn, env, expected) => {
  expect(bash(standIn, env)).toBe(expected);
});

test('a job for Kubernetes', () => {
  const text = kubernetesJob({
    ...JOB,
    command: ['m3lab'],
    memory: '8Gi',
    image: 'registry/m3lab:1',
    volume: { claim: 'results', path: '/data' },
  });
  expect(text).toBe(`apiVersion: "batch/v1"
kind: "Job"
metadata:
  name: "phase-shift"
spec:
  completionMode: "Indexed"
  completions: 12
  parallelism: 4
  backoffLimitPerIndex: 3
  maxFailedIndexes: 12
  podFailurePolicy:
    rules:
      - action: "FailIndex"
        onExitCodes:
          containerName: "m3lab"
          operator: "In"
          values: [2]
      - action: "Ignore"
        onExitCodes:
          containerName: "m3lab"
          operator: "In"
          values: [75,143]
      - action: "Ignore"
        onPodConditions:
          - type: "DisruptionTarget"
  template:
    spec:
      restartPolicy: "Never"
      terminationGracePeriodSeconds: 120
      containers:
        - name: "m3lab"
          image: "registry/m3lab:1"
          command: ["m3lab","sweep","run","/data/phase shift.jsonl","--out","/data/it's here","--fleet","16"]
          resources:
            requests:
              cpu: 2
              memory: "8Gi"
            limits:
              nvidia.com/gpu: 1
              memory: "8Gi"
          volumeMounts:
            - name: "sweep"
              mountPath: "/data"
      volumes:
        - name: "sweep"
          persistentVolumeClaim:
            claimName: "results"
`);
});

test.each([
  ['Phase Shift.v2', 'phase-shift-v2'],
  ['3 budgets', 'sweep-3-budgets'],
  ['…', 'sweep'],
])('the name %s becomes %s', (text, name) => {
  expect(jobName(text)).toBe(name);
});
