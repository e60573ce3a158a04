/** `<play-models>`: the models at hand, which of them stand side by side, and what can be done with each. */

import { html, nothing } from 'lit';
import type { ModelFacts } from '../../../worker/api/models.ts';
import { modelWords, originWords } from '../../models/modelWords.ts';
import { define } from '../../parts/define.ts';
import { shared } from '../../parts/shared.styles.ts';
import { MOST_CHOSEN } from '../choice.ts';
import { failureNote } from '../failureNote.ts';
import { playStyles } from '../play.styles.ts';
import { type Play, PlayElement } from '../playElement.ts';
import { bringTemplate } from './bring.ts';
import { droppedOf } from './brought.ts';
import { styles } from './panel.styles.ts';

export class PlayModels extends PlayElement {
  static override styles = [shared, playStyles, styles];
  static override properties = { ...PlayElement.properties, isOver: { state: true } };

  /** Whether files are held above the place for them. */
  declare private isOver: boolean;

  constructor() {
    super();
    this.isOver = false;
  }

  protected override draw(play: Play): unknown {
    const { lab, desk } = play;
    const all = lab.models.all.value;
    const unlisted = lab.models.failure.value;
    return html`
      <section class="sheet" aria-labelledby="models">
        <h2 id="models">${all?.length === 0 ? 'Nobody is here to write yet' : 'Models at hand'}</h2>
        ${unlisted ? failureNote(unlisted) : nothing}
        ${all === null && !unlisted ? html`<p class="soft">Looking for models …</p>` : nothing}
        ${all?.length === 0 ? nobody() : nothing}
        ${all && all.length > 0 ? this.list(play, all) : nothing}
        <div role="alert">${failureNote(desk.failure.value, () => desk.closeFailure())}</div>
        ${this.done(desk.done.value)}
        <div
          class="drop ${this.isOver ? 'over' : ''}"
          @dragover=${this.over}
          @dragleave=${() => {
            this.isOver = false;
          }}
          @drop=${(event: DragEvent) => this.drop(event, play)}
        >
          ${bringTemplate(desk)}
        </div>
      </section>
    `;
  }

  private list(play: Play, all: readonly ModelFacts[]): unknown {
    const isFull = play.choice.isFull && all.length > MOST_CHOSEN;
    return html`
      <p class="soft">Up to ${MOST_CHOSEN} stand beside each other; one by itself will do too. Models of the last fleet go when another is trained, unless they are kept.</p>
      ${
        isFull
          ? html`<p class="soft" id="full">${MOST_CHOSEN} are chosen: take one of them out to choose another.</p>`
          : nothing
      }
      <ul class="models">${all.map((model) => this.model(play, model))}</ul>
    `;
  }

  private model(play: Play, model: ModelFacts): unknown {
    const { choice, desk } = play;
    const { id, name } = model;
    const isChosen = choice.has(id);
    return html`
      <li class=${isChosen ? 'chosen' : ''} data-model=${id}>
        <label class="pick">
          <input
            type="checkbox"
            .checked=${isChosen}
            ?disabled=${!isChosen && choice.isFull}
            aria-describedby=${!isChosen && choice.isFull ? 'full' : nothing}
            @change=${() => choice.flip(id)}
          />
          <span>
            <span class="name">${name}</span> <span class="origin">${originWords(model)}</span>
            <span class="soft facts number">${modelWords(model)}</span>
            ${model.said.map((words) => html`<span class="soft facts">${words}</span>`)}
          </span>
        </label>
        <div class="row">${desk.asked.value === id ? this.question(play, model) : this.buttons(play, model)}</div>
      </li>
    `;
  }

  private buttons({ lab, desk }: Play, model: ModelFacts): unknown {
    const { id, name } = model;
    const isBusy = desk.busy.value !== null;
    const start = () => {
      lab.models.startId.value = id;
      lab.models.isToShow.value = true;
      lab.router.go('train');
    };
    return html`
      <button type="button" class="small" ?disabled=${model.isTraining} aria-label="Start a training from it: ${name}" @click=${start}>
        Start a training from it
      </button>
      ${
        model.isKept
          ? html`<button type="button" class="small" ?disabled=${isBusy} aria-label="Forget ${name}" @click=${() => {
              desk.asked.value = id;
            }}>Forget</button>`
          : model.keptAs !== null
            ? html`<span class="soft">${model.keptAs === name ? 'kept already' : `kept as ${model.keptAs}`}</span>`
            : html`<button type="button" class="small" ?disabled=${isBusy} aria-label="Keep ${name}" @click=${() => void desk.keep(model)}>Keep</button>`
      }
    `;
  }

  private question({ desk }: Play, model: ModelFacts): unknown {
    const isBusy = desk.busy.value !== null;
    return html`
      <span class="soft">Its weights are lost, unless you have taken them away.</span>
      <button type="button" class="small" ?disabled=${isBusy} aria-label="Forget for good: ${model.name}" @click=${() => void desk.forget(model)}>
        Forget for good
      </button>
      <button
        type="button"
        class="small"
        ?disabled=${isBusy}
        @click=${() => {
          desk.asked.value = null;
        }}
      >
        Not now
      </button>
    `;
  }

  private done(words: readonly string[]): unknown {
    const [first, ...more] = words;
    if (first === undefined) return nothing;
    return html`
      <div class="soft">
        <p>${first}</p>
        ${more.length > 0 ? html`<ul class="said">${more.map((one) => html`<li>${one}</li>`)}</ul>` : nothing}
      </div>
    `;
  }

  private readonly over = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.isOver = true;
  };

  private drop(event: DragEvent, { desk }: Play): void {
    this.isOver = false;
    const { dataTransfer } = event;
    if (!dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    void droppedOf(dataTransfer).then((brought) => desk.bring(brought));
  }
}

function nobody(): unknown {
  return html`
    <p>
      A model can write once it has been trained. <a href="#/train?preset=race&start=1">Train four recipes</a>: what they have learned by then stands here
      side by side, while they train and afterwards. Or bring along a model that was taken away from here.
    </p>
  `;
}

define('play-models', PlayModels);
