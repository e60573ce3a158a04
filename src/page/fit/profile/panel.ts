/** `<fit-profile>`: how much worse the best fit becomes as one parameter is held away from its estimate. */

import { html, nothing } from 'lit';
import { drawProfile } from '../../../figures/profileCurve.ts';
import type { Profile, ProfileEnd } from '../../../law/certainty/profile.ts';
import type { FitFacts } from '../../../worker/api/fits.ts';
import type { Draw } from '../../parts/plot/panel.ts';
import { shared } from '../../parts/shared.styles.ts';
import { fitStyles } from '../fit.styles.ts';
import { FitElement } from '../fitElement.ts';
import { failureNote, goingLine } from '../going.ts';
import type { FitStudy } from '../study.ts';
import { numberWords } from '../words.ts';

/** Property: `study`. Method: `show(parameter)`, which begins its profile. */
export class FitProfile extends FitElement {
  static override styles = [shared, fitStyles];
  static override properties = { ...FitElement.properties, chosen: { state: true } };

  declare private chosen: string;
  #drawn: { readonly of: Profile; readonly draw: Draw } | null = null;

  constructor() {
    super();
    this.chosen = '';
  }

  show(parameter: string): void {
    this.chosen = parameter;
    this.scrollIntoView({ block: 'nearest' });
    void this.study?.profileOf(parameter);
  }

  protected override draw(study: FitStudy): unknown {
    const { fit } = study;
    if (!fit) return nothing;
    const { value, going, failure } = study.profile.value;
    const names = fit.law.parameters
      .map(({ name }) => name)
      .filter((name) => !fit.file.frozen.includes(name));
    const chosen = names.includes(this.chosen) ? this.chosen : (names[0] ?? '');
    return html`
      <section class="sheet" aria-labelledby="heading">
        <div class="head">
          <h2 id="heading">Profile of a parameter</h2>
          <span class="row">
            <label class="row">
              <span class="soft">of</span>
              <select
                @change=${(event: Event) => {
                  this.chosen = (event.target as HTMLSelectElement).value;
                }}
              >
                ${names.map((name) => html`<option value=${name} .selected=${name === chosen}>${name}</option>`)}
              </select>
            </label>
            ${
              going
                ? goingLine(going, () => study.stop(study.profile))
                : html`<button type="button" class="small" @click=${() => this.show(chosen)}>Profile ${chosen}</button>`
            }
          </span>
        </div>
        ${failureNote(failure)}
        ${
          value
            ? this.#curve(fit, value)
            : html`<p class="soft">
                One parameter is held at one value after the other, and all others are fitted anew. Where the curve stays low the runs do not
                rule the value out; look here where an interval ends at a bound.
              </p>`
        }
      </section>
    `;
  }

  #curve({ law, file }: FitFacts, profile: Profile): unknown {
    const parameter = law.parameters.find(({ name }) => name === profile.parameter);
    if (!parameter) return nothing;
    const { name, unit, scale } = parameter;
    const estimate = file.parameters[name]?.value ?? Number.NaN;
    if (this.#drawn?.of !== profile) {
      this.#drawn = {
        of: profile,
        draw: (document, width) =>
          drawProfile(
            { document, width, isTitled: false },
            { ...profile, law: law.name, unit, scale, estimate },
          ),
      };
    }
    return html`
      <lab-figure
        label="Profile of ${name} in ${law.name}"
        fileName="${law.name}-profile-${name}"
        .table=${() => ({
          columns: [
            { name, unit: unit === '1' ? undefined : unit },
            { name: 'objective' },
            { name: 'statistic' },
          ],
          rows: profile.points.map(({ value, objective, statistic }) => [value, objective, statistic]),
        })}
        .summary=${`The 95 % interval of ${name} by its profile: ${endWords(profile.low, 'below')} to ${endWords(profile.high, 'above')}.`}
        .caption=${'A profile takes runs as independent; the resamples do not.'}
      >
        <lab-plot .draw=${this.#drawn.draw}></lab-plot>
      </lab-figure>
      ${
        profile.better
          ? html`<p class="note">A better fit than the one shown was met on the way: the runs leave several valleys open.</p>`
          : nothing
      }
    `;
  }
}

function endWords({ value, open }: ProfileEnd, name: string): string {
  return open ? `open ${name} (nothing up to ${numberWords(value)} is ruled out)` : numberWords(value);
}
