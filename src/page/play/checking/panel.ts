/** `<play-checking>`: an independent runtime's word on each chosen model, and the model as files to take away. */

import { html, nothing } from 'lit';
import type { Parity } from '../../../formats/parity.ts';
import type { ModelFacts } from '../../../worker/api/models.ts';
import type { PlayProvider } from '../../../worker/api/play.ts';
import { define } from '../../parts/define.ts';
import { shared } from '../../parts/shared.styles.ts';
import { failureNote } from '../failureNote.ts';
import { playStyles } from '../play.styles.ts';
import { type Play, PlayElement } from '../playElement.ts';
import type { CheckState, ExportFormat } from './checker.ts';
import { styles } from './panel.styles.ts';
import { parityDetail, parityWords } from './words.ts';

const PROVIDERS: Readonly<Record<PlayProvider, string>> = { wasm: 'WebAssembly', webgpu: 'WebGPU' };
const FORMATS: Readonly<Record<ExportFormat, string>> = { hf: 'Hugging Face (.zip)', onnx: 'ONNX (.zip)' };

export class PlayChecking extends PlayElement {
  static override styles = [shared, playStyles, styles];

  protected override draw(play: Play): unknown {
    const { checker, choice, lab } = play;
    const chosen = choice.models.value;
    if (chosen.length === 0) return nothing;
    const hasGpu = lab.app.adapter.value?.ok === true;
    const isBusy = chosen.some(({ id }) => checker.isBusy(id));
    return html`
      <section class="sheet" aria-labelledby="checking">
        <h2 id="checking">Check and take away</h2>
        <p class="soft">
          ONNX Runtime, which shares no code with the engine here, computes the same windows of held-out text; each logit and the loss must agree. The files
          are a Hugging Face folder (for <code>transformers</code>, and to bring along here again) and ONNX (for transformers.js and ONNX Runtime); what
          the check said stands in their model card.
        </p>
        <div class="row">
          <button type="button" ?disabled=${isBusy || !hasGpu} @click=${() => void checker.checkAll(chosen)}>
            ${chosen.length > 1 ? `Check all ${chosen.length}` : 'Check it'}
          </button>
          ${hasGpu ? this.provider(play, isBusy) : html`<span class="soft">A check needs the engine, and the engine a GPU; writing, scoring and taking away do not.</span>`}
        </div>
        <div class="sides">${chosen.map((model) => this.model(play, model, hasGpu))}</div>
      </section>
    `;
  }

  private provider({ checker }: Play, isBusy: boolean): unknown {
    const chosen = checker.provider.value;
    return html`
      <label class="provider">
        <span>ONNX Runtime by</span>
        <select
          ?disabled=${isBusy}
          @change=${({ currentTarget }: Event) => {
            checker.provider.value =
              (currentTarget as HTMLSelectElement).value === 'webgpu' ? 'webgpu' : 'wasm';
          }}
        >
          ${Object.entries(PROVIDERS).map(([value, words]) => html`<option value=${value} .selected=${value === chosen}>${words}</option>`)}
        </select>
      </label>
    `;
  }

  private model({ checker }: Play, model: ModelFacts, hasGpu: boolean): unknown {
    const state = checker.states.value.get(model.id);
    const parity = checker.parityOf(model);
    const isBusy = checker.isBusy(model.id);
    return html`
      <article aria-label=${model.name} data-model=${model.id}>
        <h3>${model.name}</h3>
        ${badge(parity)}
        ${parity ? html`<p class="soft">${parityDetail(parity)}</p>` : nothing}
        ${busyNote(state)} ${state?.status === 'failed' ? failureNote(state.failure, () => checker.closeFailure(model.id)) : nothing}
        <div class="row">
          <button
            type="button"
            class="small"
            aria-label="${parity ? 'Check again: ' : 'Check '}${model.name}"
            ?disabled=${isBusy || !hasGpu}
            @click=${() => void checker.check(model)}
          >
            ${parity ? 'Check again' : 'Check'}
          </button>
          ${(['hf', 'onnx'] as const).map(
            (format) => html`
              <button
                type="button"
                class="small"
                aria-label="Take ${model.name} away as ${FORMATS[format]}${parity?.passed ? '' : ', not checked'}"
                ?disabled=${isBusy}
                @click=${() => void checker.take(model, format)}
              >
                ${FORMATS[format]}
              </button>
            `,
          )}
        </div>
        ${parity?.passed ? nothing : html`<p class="soft">Taken away now, its card says that it was not checked.</p>`}
      </article>
    `;
  }
}

function badge(parity: Parity | null): unknown {
  if (!parity) return html`<p class="badge">Not checked yet.</p>`;
  return html`<p class="badge ${parity.passed ? 'good' : 'bad'}">${parity.passed ? '✓ ' : '✗ '}${parityWords(parity)}</p>`;
}

function busyNote(state: CheckState | undefined): unknown {
  if (!state || state.status === 'failed') return nothing;
  const words =
    state.status === 'packing'
      ? `Packing ${FORMATS[state.format]} …`
      : state.status === 'probing'
        ? 'The engine computes …'
        : 'ONNX Runtime computes the same …';
  return html`
    <div class="row">
      <span class="soft">${words}</span>
      <button type="button" class="small" @click=${state.stop}>Stop</button>
    </div>
  `;
}

define('play-checking', PlayChecking);
