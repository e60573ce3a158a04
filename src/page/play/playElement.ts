/** The base of every panel of Play: it gets what they share as a property, and draws nothing before. */

import type { ReadonlySignal } from '@preact/signals-core';
import { nothing } from 'lit';
import type { Lab } from '../lab.ts';
import { SignalElement } from '../parts/signalElement.ts';
import type { Checker } from './checking/checker.ts';
import type { Choice } from './choice.ts';
import type { ModelDesk } from './models/modelDesk.ts';
import type { Scorer } from './scoring/scorer.ts';
import type { Writer } from './writing/writer.ts';

export type Play = {
  readonly lab: Lab;
  /** Whether the view is seen: nothing is drawn while it is not. */
  readonly shown: ReadonlySignal<boolean>;
  readonly choice: Choice;
  readonly desk: ModelDesk;
  readonly writer: Writer;
  readonly scorer: Scorer;
  readonly checker: Checker;
};

export abstract class PlayElement extends SignalElement {
  static override properties = { play: { attribute: false } };

  declare play: Play | undefined;

  protected abstract draw(play: Play): unknown;

  /** What nobody sees is drawn once it is seen. */
  protected override shouldUpdate(): boolean {
    return this.play?.shown.value ?? true;
  }

  protected override render(): unknown {
    return this.play ? this.draw(this.play) : nothing;
  }
}
