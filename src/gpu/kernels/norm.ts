/** RMSNorm, forward and backward. */

import rmsnorm from '../../../shaders/rmsnorm.wgsl?raw';
import rmsnormBackward from '../../../shaders/rmsnorm_backward.wgsl?raw';
import { FLOAT_BYTES, groupGrid, type Kernel, WORKGROUP } from '../kernel.ts';
import { f32 } from '../wgsl.ts';
import { rowGroups, rowsCut, type Sharers, sharedConstants, sharersName } from './sharers.ts';

/** Stretches of rows over which a gain's gradient is summed apart; rows are multiples of 16. */
export const GAIN_SLICES = 16;

type Norm = {
  readonly runs: number;
  readonly rows: number;
  readonly width: number;
  /** Floats from one run's gain to the next. */
  readonly gainRunStride: number;
  readonly sharers: Sharers;
};

/** In words, for a profile. */
function variantOf({ rows, width, sharers }: Norm, ...more: readonly string[]): string {
  return [`${rows}×${width}`, sharersName(sharers), ...more].join(', ');
}

/** y = x · rstd · gain. Bindings x, gain, y [rows, width], rstd [rows]. */
export function rmsNorm(norm: Norm & { readonly epsilon: number }): Kernel {
  const { runs, rows, width } = norm;
  const { grid, constants } = rowsCut(rows, runs, norm.sharers);
  return {
    shader: { name: 'rmsnorm', source: rmsnorm },
    variant: variantOf(norm),
    constants: {
      ...constants,
      ROWS: rows,
      WIDTH4: width / 4,
      GAIN_RUN4: norm.gainRunStride / 4,
      EPSILON: f32(norm.epsilon),
    },
    bindings: [
      ['x', 'read'],
      ['gain', 'read'],
      ['y', 'write'],
      ['rstd', 'write'],
    ],
    grid,
    flops: runs * rows * width * 4,
    bytes: runs * FLOAT_BYTES * (2 * rows * width + rows + width),
  };
}

/**
 * Bindings dy, x, rstd, gain, dx (added to when `add`), dgain [GAIN_SLICES, gainStride] partial sums (added to when
 * `accumulate`), a run's partial sums `partialsRunStride` floats apart.
 */
export function rmsNormBackward(
  norm: Norm & {
    readonly gainStride: number;
    readonly partialsRunStride: number;
    readonly add: boolean;
    readonly accumulate: boolean;
  },
): Kernel {
  const { runs, rows, width } = norm;
  const dxGroups = rowGroups(rows, norm.sharers);
  const gainGroups = Math.ceil((GAIN_SLICES * (width / 4)) / WORKGROUP);
  const { grid, GRID_X } = groupGrid(dxGroups + gainGroups, runs);
  return {
    shader: { name: 'rmsnorm_backward', source: rmsnormBackward },
    variant: variantOf(norm, ...(norm.add ? ['adds'] : []), ...(norm.accumulate ? ['accumulates'] : [])),
    constants: {
      GRID_X,
      ROWS: rows,
      WIDTH4: width / 4,
      GAIN_RUN4: norm.gainRunStride / 4,
      GAIN_SLICES,
      GAIN_STRIDE4: norm.gainStride / 4,
      DGAIN_RUN4: norm.partialsRunStride / 4,
      DX_GROUPS: dxGroups,
      ...sharedConstants(norm.sharers),
      ADD: norm.add,
      ACCUMULATE: norm.accumulate,
    },
    bindings: [
      ['dy', 'read'],
      ['x', 'read'],
      ['rstd', 'read'],
      ['gain', 'read'],
      ['dx', 'write'],
      ['dgain', 'write'],
    ],
    grid,
    flops: runs * rows * width * 12,
    bytes: runs * FLOAT_BYTES * (3 * rows * width + rows + GAIN_SLICES * width),
  };
}
