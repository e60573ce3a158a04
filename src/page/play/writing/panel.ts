/** `<play-writing>`: one prompt for all chosen models, how they draw, and their answers side by side. */

import { html, nothing } from 'lit';
import { fieldStyles } from '../../parts/field/field.styles.ts';
import { numberField, unit } from '../../parts/field/numberField.ts';
import { shared } from '../../parts/shared.styles.ts';
import { beginningButtons } from '../beginningButtons.ts';
import { beginnings } from '../beginnings.ts';
import { playStyles } from '../play.styles.ts';
import { type Play, PlayElement } from '../playElement.ts';
import type { Answer } from './answer.ts';
import './answerPanel.ts';
import { define } from '../../parts/define.ts';
import { PlayAnswer } from './answerPanel.ts';
import { styles } from './panel.styles.ts';
import { WRITING_FIELDS, WRITING_RULES, type WritingField } from './promptForm.ts';

const LABELS: Readonly<Record<WritingField, string>> = {
  tokens: 'Tokens',
  seed: 'Seed',
  temperature: 'Temperature',
  topK: 'Top-k',
  topP: 'Top-p',
};

const MARKS: Readonly<Partial<Record<WritingField, string>>> = {
  tokens: 'at most',
  topK: '0: all',
  topP: '1: all',
};

export class PlayWriting extends PlayElement {
  static override styles = [shared, fieldStyles, playStyles, styles];

  protected override draw(play: Play): unknown {
    const { writer, choice, lab } = play;
    const { form } = writer;
    const isWriting = writer.isWriting.value;
    const chosen = choice.models.value;
    const answers = choice.ofChosen(writer.answers.value);
    const opened = lab.app.opened.value;
    return html`
      <section class="sheet" aria-labelledby="writing">
        <h2 id="writing">Let them write</h2>
        <form class="prompt" @submit=${(event: Event) => this.write(event, play)}>
          <label class="text" for="prompt">Prompt, the same for all</label>
          <textarea
            id="prompt"
            rows="2"
            dir="auto"
            spellcheck="false"
            aria-describedby="prompt-hint"
            .value=${form.prompt.value}
            @input=${(event: Event) => {
              form.prompt.value = (event.currentTarget as HTMLTextAreaElement).value;
            }}
          ></textarea>
          <p class="soft" id="prompt-hint">
            They go on from these words in either language; without any each begins a document of its own. The same seed gives each model the same luck of
            the draw, so that what differs is what they have learned.
          </p>
          ${beginningButtons(opened ? beginnings(opened.corpora) : [], 'Begin with', (text) => {
            form.prompt.value = text;
          })}
          <div class="fields">${WRITING_FIELDS.map((field) => this.field(play, field))}</div>
          <div class="row">
            <button type="submit" class="primary" ?disabled=${isWriting || chosen.length === 0 || form.writing.value === null}>Write</button>
            ${isWriting ? html`<button type="button" @click=${() => writer.stop()}>Stop</button>` : nothing}
            ${chosen.length === 0 ? html`<span class="soft">Choose a model above.</span>` : nothing}
          </div>
        </form>
        ${answers.length > 0 ? this.answers(answers) : nothing}
      </section>
    `;
  }

  private field({ writer: { form } }: Play, field: WritingField): unknown {
    const mark = MARKS[field];
    return numberField({
      id: field,
      label: LABELS[field],
      mark: mark === undefined ? nothing : unit(mark),
      text: form.text.value[field],
      problem: form.problemAt(field),
      whole: WRITING_RULES[field].whole,
      onInput: (text) => form.setField(field, text),
    });
  }

  private answers(answers: readonly Answer[]): unknown {
    return html`
      <div class="sides">
        ${answers.map((answer) => html`<play-answer .answer=${answer}></play-answer>`)}
      </div>
      <p class="soft">
        A token under the pointer, or reached by Tab and the arrow keys, shows how likely the model held it and what else could have stood there.
        Words <span class="key">underlined</span> stand like that in the target text that it was trained on, those
        <span class="key source">dotted</span> in the source text.
      </p>
    `;
  }

  private write(event: Event, { writer }: Play): void {
    event.preventDefault();
    void writer.write();
  }
}

define('play-answer', PlayAnswer);
define('play-writing', PlayWriting);
