/** What graphics cards do at most, for turning hours into operations. */

export type Device = {
  readonly name: string;
  /** Floating-point operations a second, dense, at the precision that training uses. */
  readonly peak: number;
  /** What training commonly reaches of it: a place to begin, to be changed by whoever knows better. */
  readonly utilisation: number;
  readonly precision: string;
};

/** Peaks as their makers' data sheets have them, without sparsity; 1e12 is a TFLOP/s. */
export const DEVICES: readonly Device[] = [
  { name: 'NVIDIA B200', peak: 2250e12, utilisation: 0.35, precision: 'bf16' },
  { name: 'NVIDIA H100 or H200', peak: 989e12, utilisation: 0.4, precision: 'bf16' },
  { name: 'NVIDIA A100', peak: 312e12, utilisation: 0.45, precision: 'bf16' },
  { name: 'NVIDIA L40S', peak: 362e12, utilisation: 0.35, precision: 'bf16' },
  { name: 'NVIDIA L4', peak: 121e12, utilisation: 0.35, precision: 'bf16' },
  { name: 'NVIDIA V100', peak: 125e12, utilisation: 0.35, precision: 'fp16' },
  { name: 'NVIDIA T4', peak: 65e12, utilisation: 0.3, precision: 'fp16' },
  { name: 'GeForce RTX 4090', peak: 165e12, utilisation: 0.4, precision: 'bf16' },
  { name: 'GeForce RTX 3090', peak: 71e12, utilisation: 0.4, precision: 'bf16' },
  { name: 'AMD MI300X', peak: 1307e12, utilisation: 0.3, precision: 'bf16' },
  { name: 'Google TPU v5e', peak: 197e12, utilisation: 0.45, precision: 'bf16' },
  { name: 'Apple M3 Max', peak: 14e12, utilisation: 0.3, precision: 'fp32' },
  { name: 'Graphics in a laptop’s processor', peak: 2e12, utilisation: 0.15, precision: 'fp32' },
];

export const SECONDS_AN_HOUR = 3600;

/** FLOPs of so many hours; of several devices at once the hours of all count. */
export function flopsOf(hours: number, peak: number, utilisation: number): number {
  return hours * SECONDS_AN_HOUR * peak * utilisation;
}

export function hoursOf(compute: number, peak: number, utilisation: number): number {
  return compute / (SECONDS_AN_HOUR * peak * utilisation);
}
