/** What `m3lab fit` can be told, as commander hands it over. */

import type { AskedColumns } from '../../formats/runs/columns.ts';
import type { LossScale, LossUnit } from '../../formats/runs/loss.ts';
import type { Inclusion } from '../../formats/runs/options.ts';
import type { SliceName } from '../../law/comparison/slices.ts';

export type FitCommandOptions = {
  readonly law?: readonly string[];
  readonly columns?: AskedColumns;
  readonly unit?: LossUnit;
  readonly bytesPerToken?: number;
  readonly lossScale?: LossScale;
  readonly include?: readonly Inclusion[];
  readonly where?: Readonly<Record<string, readonly string[]>>;
  readonly dropTop: number;
  readonly freeze?: Readonly<Record<string, number>>;
  readonly delta?: number;
  readonly holdout?: readonly SliceName[];
  readonly groupBy?: string;
  readonly bootstrap?: number;
  readonly profile?: string;
  readonly seed: number;
  readonly figures?: string;
  readonly out?: string;
};
