/** What all panels of the view Fit are: drawn from the study, silent until it is handed in. */

import { nothing } from 'lit';
import { SignalElement } from '../parts/signalElement.ts';
import type { FitStudy } from './study.ts';

/** Property: `study`. */
export abstract class FitElement extends SignalElement {
  static override properties = { study: { attribute: false } };

  declare study: FitStudy | undefined;

  /** What nobody sees is drawn once it is seen. */
  protected override shouldUpdate(): boolean {
    return this.study?.seen.value ?? true;
  }

  protected override render(): unknown {
    return this.study ? this.draw(this.study) : nothing;
  }

  protected abstract draw(study: FitStudy): unknown;
}
