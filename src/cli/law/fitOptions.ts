/** What `m3lab fit` can be told, as commander hands it over. */

import type { AskedColumns } from '../../formats/runs/columns.ts';
import type { LossScale, LossUnit } from '../../formats/runs/loss.ts';
import type { Decimal } from '../../formats/runs/numbers.ts';
import type { Inclusion } from '../../formats/runs/options.ts';
import type { SliceName } from '../../law/comparison/slices.ts';
import type { Condition } from './conditions.ts';

export type FitCommandOptions = {
  readonly law?: readonly string[];
  readonly columns?: AskedColumns;
  readonly unit?: LossUnit;
  readonly bytesPerToken?: number;
  readonly lossScale?: LossScale;
  readonly include?: readonly Inclusion[];
  readonly where?: readonly Condition[];
  readonly decimal?: Decimal;
  readonly dropTop: number;
  readonly freeze?: Readonly<Record<string, number>>;
  readonly delta?: number;
  readonly holdout?: readonly SliceName[];
  readonly groupBy?: string;
  readonly bootstrap?: number;
  readonly profile?: readonly string[];
  readonly full?: true;
  readonly residuals?: string;
  readonly seed: number;
  readonly figures?: string;
  readonly out?: string;
};
