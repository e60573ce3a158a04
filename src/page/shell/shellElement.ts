/** The base of the shell's elements: they get the lab as a property, and draw nothing before. */

import { nothing } from 'lit';
import type { Lab } from '../lab.ts';
import { SignalElement } from '../parts/signalElement.ts';

export abstract class ShellElement extends SignalElement {
  static override properties = { lab: { attribute: false } };

  declare lab: Lab | undefined;

  protected abstract draw(lab: Lab): unknown;

  protected override render(): unknown {
    return this.lab ? this.draw(this.lab) : nothing;
  }
}
