/** `<sweep-rounds>`: what an adaptive sweep has chosen so far, and why. */

import { html, nothing } from 'lit';
import type { RoundFacts, SweepRun } from '../../../worker/api/sweep.ts';
import { whole } from '../../parts/format.ts';
import { shared } from '../../parts/shared.styles.ts';
import { symbol } from '../../parts/symbol.ts';
import { kindWords } from '../../runs/kinds.ts';
import { sweepStyles } from '../sweep.styles.ts';
import { SweepElement, type Sweeping } from '../sweepElement.ts';
import {
  counted,
  expectedReduction,
  type Quantity,
  quantityWords,
  roundWords,
  runStatusWords,
} from '../words.ts';

const COLUMNS: readonly Quantity[] = ['C', 'N', 'D_T', 'r', 'r_f'];

/** Property: `sweeping`. Draws nothing for a sweep whose runs were all planned at once. */
export class SweepRoundsPanel extends SweepElement {
  static override styles = [shared, sweepStyles];

  protected override draw({ state }: Sweeping): unknown {
    const adaptive = state.sweep.value?.adaptive;
    if (!adaptive) return nothing;
    const { rounds, perRound, ended } = adaptive;
    return html`
      <section aria-labelledby="title">
        <h3 id="title">Rounds</h3>
        <p class="soft">
          ${
            ended
              ? `${counted(rounds.length, 'round')}; ${
                  rounds.at(-1)?.left === 0
                    ? 'every run of the design has been made.'
                    : 'no further run of the design would tell more.'
                }`
              : `${counted(perRound, 'run')} a round: when they are finished the law is fitted anew, and the next ones are those that are expected to tell most.`
          }
        </p>
        ${rounds.map((round, index) => this.round(round, index + 1, index === rounds.length - 1, state.runs.value))}
      </section>
    `;
  }

  private round(round: RoundFacts, number: number, isLast: boolean, runs: readonly SweepRun[]): unknown {
    const reduction = expectedReduction(round);
    const byId = new Map(runs.map((run) => [run.id, run] as const));
    const chosen = round.runs.flatMap((id) => byId.get(id) ?? []);
    return html`
      <details ?open=${isLast}>
        <summary>
          Round ${whole(number)}: ${counted(round.runs.length, 'run')}${
            reduction === null
              ? nothing
              : `, expected to take away ${Math.round(100 * reduction)} % of the uncertainty`
          }
        </summary>
        <p class="soft">${roundWords(round)}</p>
        <div class="wide" tabindex="0" role="region" aria-label="Runs of round ${number}">
          <table>
            <thead>
              <tr><th scope="col">Run</th>${COLUMNS.map((of) => html`<th scope="col">${symbol(of)}</th>`)}<th scope="col">Seed</th><th scope="col">State</th></tr>
            </thead>
            <tbody>
              ${chosen.map(
                (run) => html`<tr>
                  <th scope="row">${kindWords(run.kind)}</th>
                  ${COLUMNS.map((of) => html`<td>${quantityWords(of, run[of])}</td>`)}<td>${run.seed}</td><td>${runStatusWords(run.status)}</td>
                </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </details>
    `;
  }
}
