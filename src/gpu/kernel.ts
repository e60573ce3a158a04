/**
 * A kernel, described once: which shader with which constants, what it binds, how large its grid is, and what it costs.
 * Nothing here touches a device, so a descriptor can be made, printed and checked anywhere.
 */

import { PRELUDE } from './shaders.ts';
import type { Constants } from './wgsl.ts';
import { specialise } from './wgsl.ts';

export type Access = 'read' | 'write';

/** The part of a kernel that does not depend on sizes: a file of `shaders/` and the order of its bindings. */
export type Shader = { readonly name: string; readonly source: string };

export type Kernel = {
  readonly shader: Shader;
  /** Sizes and tile in a few words, where a shader comes in several; they tell kernels apart in a profile. */
  readonly variant?: string;
  readonly constants: Constants;
  /** Name and access of every binding, in the order of `@binding`. `write` means read and write. */
  readonly bindings: readonly (readonly [name: string, access: Access])[];
  /** Workgroups in x, y and z (= runs). */
  readonly grid: readonly [number, number, number];
  /** Floating-point operations of one dispatch, all runs together; a multiply-add counts two. */
  readonly flops: number;
  /** Bytes that must move between memory and the device at least once, all runs together. */
  readonly bytes: number;
};

export const WORKGROUP = 64;
const MAX_GROUPS_PER_DIMENSION = 65_535;
export const FLOAT_BYTES = 4;

/**
 * Grid for `invocations` invocations a run, `lanes` a workgroup; past 65,535 workgroups it folds into y. Gives GRID_X for the
 * shader.
 */
export function flatGrid(
  invocations: number,
  runs: number,
  lanes = WORKGROUP,
): { grid: [number, number, number]; GRID_X: number } {
  return groupGrid(Math.ceil(invocations / lanes), runs);
}

/** The same, counted in workgroups. */
export function groupGrid(groups: number, runs: number): { grid: [number, number, number]; GRID_X: number } {
  const y = Math.ceil(groups / MAX_GROUPS_PER_DIMENSION);
  const x = Math.ceil(groups / y);
  return { grid: [x, y, runs], GRID_X: x };
}

/** The kernel in words, for a profile. */
export function kernelName({ shader, variant }: Kernel): string {
  return variant === undefined ? shader.name : `${shader.name} ${variant}`;
}

/** The WGSL text that is compiled for `kernel`. */
export function wgslOf(kernel: Kernel): string {
  return specialise(kernel.shader.name, kernel.shader.source, kernel.constants, PRELUDE);
}
