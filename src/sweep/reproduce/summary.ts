/** What a report stands on, counted from records. */

import type { DeviceRecord } from '../../formats/record.ts';
import type { ResultRun } from '../experiments/experiment.ts';

export type RunsSummary = {
  readonly runs: number;
  readonly diverged: number;
  /** As the engine counted them, of the runs each alone. */
  readonly flops: number;
  /** Sum over runs; each of those that trained side by side counts the whole time. */
  readonly runSeconds: number;
  /** Distinct ones, each by what it calls itself. */
  readonly devices: readonly string[];
  /** Distinct ones, `name version`. */
  readonly versions: readonly string[];
};

export function runsSummary(results: readonly ResultRun[]): RunsSummary {
  const records = results.map(({ record }) => record);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const versions = records.flatMap((record) =>
    Object.entries(record.versions).map(([name, version]) => `${name} ${version}`),
  );
  return {
    runs: records.length,
    diverged: records.filter(({ status }) => status === 'diverged').length,
    flops: sum(records.map(({ realised }) => realised.flops)),
    runSeconds: sum(records.map(({ seconds }) => seconds)),
    devices: distinct(records.map(({ device }) => deviceWords(device))),
    versions: distinct(versions),
  };
}

function deviceWords({ vendor, architecture, description, software }: DeviceRecord): string {
  const names = distinct([vendor, architecture, description].filter((name) => name !== ''));
  const words = names.length === 0 ? 'a device without a name' : names.join(', ');
  return software ? `${words} (software: a processor does the work)` : words;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
