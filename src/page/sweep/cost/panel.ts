/** `<sweep-cost>`: what the design comes to before anything starts: runs, what is left out, FLOPs, time, memory. */

import { html, nothing } from 'lit';
import type { CostFacts, PlanFacts } from '../../../worker/api/sweep.ts';
import { bytes, count, duration, flops, whole, withPrefix } from '../../parts/format.ts';
import { shared } from '../../parts/shared.styles.ts';
import { symbol } from '../../parts/symbol.ts';
import { kindWords } from '../../runs/kinds.ts';
import { failureNote } from '../failureNote.ts';
import { sweepStyles } from '../sweep.styles.ts';
import { SweepElement, type Sweeping } from '../sweepElement.ts';
import { commandLines } from '../take/commandLines.ts';
import { commandsOf, roundCommandsOf } from '../take/commands.ts';
import { counted, type Quantity, quantityWords } from '../words.ts';
import { styles } from './panel.styles.ts';

/** Planned runs that are shown one by one. */
const SHOWN = 200;
const COLUMNS: readonly Quantity[] = ['N', 'D_T', 'k', 'r', 'r_f', 'C'];

/** Property: `sweeping`. */
export class SweepCostPanel extends SweepElement {
  static override styles = [shared, sweepStyles, styles];

  protected override draw(sweeping: Sweeping): unknown {
    const { plan, failures } = sweeping.state;
    const isAsking = plan.value.status === 'asking';
    return html`
      <section class="sheet" aria-labelledby="title" aria-busy=${isAsking}>
        <div class="head">
          <h2 id="title">Cost</h2>
          <p class="soft">${isAsking ? this.planningWords(sweeping) : nothing}</p>
        </div>
        <p class="unseen" role="status">${this.spokenWords(sweeping)}</p>
        ${this.answer(sweeping)} ${failureNote(failures.value.plan)}
      </section>
    `;
  }

  private answer(sweeping: Sweeping): unknown {
    const plan = sweeping.state.plan.value;
    if (plan.status === 'failed') return failureNote(plan.failure);
    if (plan.status === 'none')
      return html`<p class="soft">What it comes to is said here once every field can be read.</p>`;
    const facts = plan.status === 'known' ? plan.facts : plan.before;
    // Nothing jumps while a person types; and nothing can be begun that is not what it says.
    return (
      facts &&
      html`<div class="facts" ?inert=${plan.status === 'asking'}>${this.facts(facts, sweeping)}</div>`
    );
  }

  private facts(plan: PlanFacts, sweeping: Sweeping): unknown {
    const { runs, dropped, merged, adaptive } = plan;
    const all = runs + dropped + merged;
    return html`
      <p class="total">
        <strong class="number">${whole(runs)}</strong> ${runs === 1 ? 'run' : 'runs'}
        <span class="soft">of ${counted(all, 'combination')}</span>
      </p>
      ${
        adaptive
          ? html`<p class="note calm">
              In rounds of ${whole(adaptive.runs)}: the first is spread over these ${whole(runs)} runs, each later one is chosen by what the law is least sure
              of, until no run would tell more. Many may never be trained.
            </p>`
          : nothing
      }
      ${runs > 0 ? this.kinds(plan) : nothing} ${this.leftOut(plan)}
      ${plan.warnings.map(({ count: ofRuns, message }) => html`<p class="note">${counted(ofRuns, 'run')}: ${message}${ofRuns > 1 ? ' (the first of them)' : ''}</p>`)}
      ${runs > 0 ? [this.saved(plan), this.measured(plan, sweeping), this.buttons(plan, sweeping), this.preview(plan)] : nothing}
    `;
  }

  private kinds({ kinds, runs, flops: all }: PlanFacts): unknown {
    const sum = (of: (kind: PlanFacts['kinds'][number]) => number) =>
      kinds.reduce((total, kind) => total + of(kind), 0);
    return html`
      <div class="wide" tabindex="0" role="region" aria-label="Runs by kind">
        <table>
          <thead>
            <tr><th scope="col">Kind</th><th scope="col">Runs</th><th scope="col">Steps</th><th scope="col">Tokens</th><th scope="col">FLOP</th></tr>
          </thead>
          <tbody>
            ${kinds.map(
              (kind) => html`<tr>
                <th scope="row">${kindWords(kind.kind)}</th>
                <td>${whole(kind.runs)}</td><td>${count(kind.steps)}</td><td>${count(kind.tokens)}</td><td>${withPrefix(kind.flops)}</td>
              </tr>`,
            )}
          </tbody>
          ${
            kinds.length > 1
              ? html`<tfoot><tr>
                <th scope="row">all</th><td>${whole(runs)}</td><td>${count(sum(({ steps }) => steps))}</td><td>${count(sum(({ tokens }) => tokens))}</td><td>${withPrefix(all)}</td>
              </tr></tfoot>`
              : nothing
          }
        </table>
      </div>
    `;
  }

  private leftOut({ dropped, merged, reasons }: PlanFacts): unknown {
    if (dropped + merged === 0) return nothing;
    return html`
      <details>
        <summary>${counted(dropped + merged, 'combination')} left out</summary>
        <ul class="reasons">
          ${reasons.map(
            ({ count: times, field, problem, examples }) => html`<li>
              <strong class="number">${whole(times)} ×</strong> ${field === '' ? nothing : html`<code>${field}</code>: `}${problem}
              <span class="soft">(${examples.join('; ')}${times > examples.length ? '; …' : ''})</span>
            </li>`,
          )}
          ${merged > 0 ? html`<li><strong class="number">${whole(merged)} ×</strong> asked for a run that is there already; it is trained once</li>` : nothing}
        </ul>
      </details>
    `;
  }

  private saved({ saved, flops: all }: PlanFacts): unknown {
    if (saved.forks === 0) return nothing;
    const share = Math.round((100 * saved.flops) / all);
    const [begins, goes] = saved.forks === 1 ? ['begins', 'goes'] : ['begin', 'go'];
    return html`<p class="soft">
      ${counted(saved.forks, 'run')} ${begins} as another does and ${goes} on from its checkpoint: ${counted(saved.steps, 'step')} (${share} % of the FLOP) are
      not trained twice.
    </p>`;
  }

  private measured(plan: PlanFacts, sweeping: Sweeping): unknown {
    const { cost } = sweeping.state;
    const { adapter } = sweeping.lab.app;
    if (cost.value.status === 'failed') return failureNote(cost.value.failure);
    if (cost.value.status === 'asking')
      return html`<div class="row">
        <p class="soft">${this.planningWords(sweeping)}</p>
        <button type="button" class="small" @click=${() => sweeping.actions.plans.stopMeasuring()}>Stop measuring</button>
      </div>`;
    if (cost.value.status === 'known') return this.estimate(cost.value.facts, plan);
    if (adapter.value && !adapter.value.ok)
      return html`<p class="soft">Without WebGPU neither time nor memory can be measured here; counts are 6·N·D.</p>`;
    return html`<p class="soft">${flops(plan.flops)} in all, counted as 6·N·D. Time and memory are measured on this device in a few seconds.</p>`;
  }

  private estimate(
    { fleets, seconds, flops: all, savedFlops, software }: CostFacts,
    { adaptive, runs }: PlanFacts,
  ): unknown {
    const most = Math.max(...fleets.map((fleet) => fleet.bytes));
    return html`
      <dl class="figures">
        <div><dt>Time</dt><dd>about ${duration(seconds)}</dd></div>
        <div><dt>GPU memory</dt><dd>${bytes(most)}</dd></div>
        <div><dt>Work</dt><dd>${flops(all - savedFlops)}</dd></div>
      </dl>
      ${
        adaptive
          ? html`<p class="soft">Of all ${whole(runs)}; a round of ${whole(adaptive.runs)} takes about ${duration((seconds * adaptive.runs) / runs)}.</p>`
          : nothing
      }
      ${software ? html`<p class="soft">A processor plays the GPU here: on a graphics card it is many times as fast.</p>` : nothing}
      <details>
        <summary>${fleets.length === 1 ? 'One fleet' : `${whole(fleets.length)} fleets, one after the other`}</summary>
        <div class="wide" tabindex="0" role="region" aria-label="Fleets">
          <table>
            <thead>
              <tr>
                <th scope="col">N</th><th scope="col">Batch</th><th scope="col">Runs</th><th scope="col">Side by side</th><th scope="col">Memory</th>
                <th scope="col">Tokens/s</th><th scope="col">Time</th>
              </tr>
            </thead>
            <tbody>
              ${fleets.map(
                (fleet) => html`<tr>
                  <th scope="row">${count(fleet.N)}</th><td>${fleet.batch}</td><td>${whole(fleet.runs)}</td><td>${whole(fleet.size)}</td>
                  <td>${bytes(fleet.bytes)}</td><td>${withPrefix(fleet.tokensPerSecond)}</td><td>${duration(fleet.seconds)}</td>
                </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </details>
    `;
  }

  private buttons(plan: PlanFacts, { state, actions, lab }: Sweeping): unknown {
    const adapter = lab.app.adapter.value;
    const isWithout = adapter !== null && !adapter.ok;
    const isMeasuring = state.cost.value.status === 'asking';
    const isPutting = state.isPutting.value;
    return html`
      <div class="row">
        <button type="button" class="primary" ?disabled=${isWithout || isPutting} @click=${() => void actions.enqueue()}>Put into the queue</button>
        <button type="button" ?disabled=${isWithout || isMeasuring} @click=${() => void actions.plans.measure()}>Measure time and memory</button>
        ${
          plan.adaptive
            ? html`<button type="button" @click=${() => actions.saveDesign(plan.name)}>Save the design</button>`
            : html`<button type="button" @click=${() => void actions.saveManifest({ design: state.text.value }, plan.name, 'plan')}>Save the manifest</button>`
        }
      </div>
      ${
        isWithout
          ? html`<p class="note">
              Training needs WebGPU, which this browser does not give the page. Save the ${plan.adaptive ? 'design' : 'manifest'}, train it elsewhere, and bring the results back here.
            </p>`
          : nothing
      }
      <details>
        <summary>Train it on another machine or a cluster</summary>
        ${commandLines(plan.adaptive ? roundCommandsOf(plan.name) : commandsOf(plan.name))}
      </details>
    `;
  }

  private preview({ shown, runs }: PlanFacts): unknown {
    const rows = shown.slice(0, SHOWN);
    return html`
      <details>
        <summary>${runs > rows.length ? `The first ${whole(rows.length)} runs` : 'The runs'}</summary>
        <div class="wide tall" tabindex="0" role="region" aria-label="Planned runs">
          <table>
            <thead>
              <tr><th scope="col">Run</th>${COLUMNS.map((of) => html`<th scope="col">${symbol(of)}</th>`)}<th scope="col">Seed</th><th scope="col">Steps</th></tr>
            </thead>
            <tbody>
              ${rows.map(
                (run) => html`<tr>
                  <th scope="row">${kindWords(run.kind)}</th>
                  ${COLUMNS.map((of) => html`<td>${quantityWords(of, run[of])}</td>`)}<td>${run.seed}</td><td>${whole(run.steps)}</td>
                </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </details>
    `;
  }

  /** For who does not see it: that something began, and what it came to. How far it is changes too fast to be read aloud. */
  private spokenWords({ state }: Sweeping): string {
    const cost = state.cost.value;
    if (cost.status === 'asking') return 'Measuring time and memory.';
    return cost.status === 'known' ? `About ${duration(cost.facts.seconds)}.` : '';
  }

  private planningWords({ state }: Sweeping): string {
    const now = state.planning.value;
    if (!now) return state.cost.value.status === 'asking' ? 'Measuring …' : 'Planning …';
    const { doing, of, done, all } = now;
    if (doing === 'reading')
      return all > 0 ? `Reading ${of}: ${bytes(done)} of ${bytes(all)} …` : `Reading ${of} …`;
    if (doing === 'comparing')
      return `Looking for runs that begin alike: ${whole(done)} of ${counted(all, 'task')} …`;
    return `Measuring fleets: ${whole(done)} of ${whole(all)} …`;
  }
}
