/**
 * A sweep as a Kubernetes indexed Job, a task of the manifest an index (Kubernetes 1.29 or newer, for a back-off of each index).
 *
 * Pods that lost their device, were told to end, or were moved away are replaced and go on; one with wrong input fails its index at once;
 * what else fails is tried a few times. A grace period leaves time to save.
 */

import { JOB_EXIT, type JobOptions, taskWords } from './job.ts';

const CONTAINER = 'm3lab';
/** Seconds between SIGTERM and the end, in which a fleet is saved. */
const GRACE_SECONDS = 120;
/** Failures of an index that nothing explains, before it is given up. */
const TRIES = 3;

export type KubernetesOptions = JobOptions & {
  /** With m3lab in it. */
  readonly image: string;
  /** A persistent volume claim that all pods may write, and where it is seen. */
  readonly volume: { readonly claim: string; readonly path: string };
};

/** The text of a manifest for `kubectl apply`. */
export function kubernetesJob(options: KubernetesOptions): string {
  const { name, tasks, parallel, image, volume, gpus, cpus, memory } = options;
  const limits = {
    ...(gpus > 0 && { 'nvidia.com/gpu': gpus }),
    ...(memory !== null && { memory }),
  };
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      completionMode: 'Indexed',
      completions: tasks,
      parallelism: parallel === null ? tasks : Math.min(parallel, tasks),
      backoffLimitPerIndex: TRIES,
      // One index that cannot be leaves the others be.
      maxFailedIndexes: tasks,
      podFailurePolicy: {
        rules: [
          { action: 'FailIndex', onExitCodes: exitCodes(JOB_EXIT.usage) },
          { action: 'Ignore', onExitCodes: exitCodes(JOB_EXIT.deviceLost, JOB_EXIT.terminated) },
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] },
        ],
      },
      template: {
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: GRACE_SECONDS,
          containers: [
            {
              name: CONTAINER,
              image,
              // Each pod finds its task in JOB_COMPLETION_INDEX, which Kubernetes sets.
              command: taskWords(options),
              resources: {
                requests: { cpu: cpus, ...(memory !== null && { memory }) },
                ...(Object.keys(limits).length > 0 && { limits }),
              },
              volumeMounts: [{ name: 'sweep', mountPath: volume.path }],
            },
          ],
          volumes: [{ name: 'sweep', persistentVolumeClaim: { claimName: volume.claim } }],
        },
      },
    },
  };
  return `${yaml(job, '')}\n`;
}

function exitCodes(...values: readonly number[]) {
  return { containerName: CONTAINER, operator: 'In', values };
}

type Yaml = string | number | boolean | readonly Yaml[] | { readonly [key: string]: Yaml };

/** Block style; words in quotes as in JSON, which YAML reads the same. */
function yaml(value: Yaml, indent: string): string {
  if (typeof value !== 'object') return JSON.stringify(value);
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value as readonly Yaml[];
    if (items.every((item) => typeof item !== 'object')) return JSON.stringify(items);
    return items.map((item) => `- ${yaml(item, deeper)}`).join(`\n${indent}`);
  }
  return Object.entries(value as { readonly [key: string]: Yaml })
    .map(([key, child]) => {
      const isBlock = typeof child === 'object' && !isFlat(child);
      return `${key}:${isBlock ? `\n${deeper}` : ' '}${yaml(child, deeper)}`;
    })
    .join(`\n${indent}`);
}

function isFlat(value: Yaml): boolean {
  return Array.isArray(value) && (value as readonly Yaml[]).every((item) => typeof item !== 'object');
}
