/** The place for models that lie in files. */

import { html } from 'lit';
import { broughtOf } from './brought.ts';
import type { ModelDesk } from './modelDesk.ts';

export function bringTemplate(desk: ModelDesk): unknown {
  const name = desk.bringing.value;
  const pick = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    const files = [...(input.files ?? [])];
    // So that the same file can be picked again.
    input.value = '';
    void desk.bring(broughtOf(files));
  };
  return html`
    <h3>Bring a model along</h3>
    <div class="picks">
      <label>
        A zip, or the files of one
        <input type="file" multiple accept=".zip,.json,.safetensors" ?disabled=${name !== null} @change=${pick} />
      </label>
      <label>
        A folder
        <input type="file" webkitdirectory ?disabled=${name !== null} @change=${pick} />
      </label>
    </div>
    <p class="soft">
      A Hugging Face folder of a Llama: <code>config.json</code>, <code>model.safetensors</code> and <code>tokenizer.json</code>. It may be dropped here,
      and stays on this machine.
    </p>
    ${
      name === null
        ? ''
        : html`<div class="row">
            <span class="soft">Reading ${name} …</span>
            <button type="button" class="small" @click=${() => desk.stopBringing()}>Stop</button>
          </div>`
    }
  `;
}
