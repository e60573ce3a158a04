/** The list of what takes room, each thing with the question before it is removed. */

import { html, nothing } from 'lit';
import type { StoredItem } from '../../worker/api/storage.ts';
import { bytes } from '../parts/format.ts';
import type { StorageDesk } from './desk.ts';
import { groupsOf, itemWords } from './words.ts';

/** `onRemoved` is called where a thing is gone, and with it the button that had the focus. */
export function itemsTemplate(
  desk: StorageDesk,
  items: readonly StoredItem[],
  onRemoved: () => void,
): unknown {
  const remove = async (id: string): Promise<void> => {
    await desk.remove(id);
    onRemoved();
  };
  if (items.length === 0) return html`<p class="soft">Nothing is kept yet.</p>`;
  return html`
    <div class="groups">
      ${groupsOf(items).map(
        ({ title, bytes: sum, items: own }) => html`
          <div>
            <h4><span>${title}</span><span class="number soft">${bytes(sum)}</span></h4>
            <ul class="items">${own.map((item) => itemTemplate(desk, item, remove))}</ul>
          </div>
        `,
      )}
    </div>
  `;
}

type Remove = (id: string) => Promise<void>;

function itemTemplate(desk: StorageDesk, item: StoredItem, remove: Remove): unknown {
  const { id, bytes: size, held } = item;
  const { title, detail } = itemWords(item);
  const isAsked = desk.asked.value === id;
  return html`
    <li class="item" data-item=${id}>
      <div class="what">${title}<div class="soft">${detail}</div></div>
      <div class="size number">${bytes(size)}</div>
      <button
        type="button"
        class="small"
        aria-label=${`Remove ${title}`}
        ?disabled=${held !== null || desk.removing.value !== null}
        aria-expanded=${isAsked}
        @click=${() => {
          desk.asked.value = isAsked ? null : id;
        }}
      >
        Remove …
      </button>
      ${held === null ? nothing : html`<p class="held soft">${held}</p>`}
      ${isAsked ? questionTemplate(desk, item, remove) : nothing}
    </li>
  `;
}

function questionTemplate(desk: StorageDesk, item: StoredItem, remove: Remove): unknown {
  const { id, loss } = item;
  const { title } = itemWords(item);
  const isRemoving = desk.removing.value === id;
  return html`
    <div class="question" role="group" aria-label=${`Remove ${title}?`}>
      <p>${loss}</p>
      <div class="row">
        <button type="button" class="small danger" ?disabled=${isRemoving} @click=${() => void remove(id)}>
          ${isRemoving ? 'Removing …' : 'Remove for good'}
        </button>
        <button
          type="button"
          class="small"
          ?disabled=${isRemoving}
          @click=${() => {
            desk.asked.value = null;
          }}
        >
          Keep it
        </button>
      </div>
    </div>
  `;
}
