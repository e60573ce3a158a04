/** A story from its first sentence to its last, as text. */

import type { Language } from '../languages/language.ts';
import type { Chooser } from './chooser.ts';
import { finish } from './finish.ts';
import { Story } from './story.ts';

/** A new story, whole. */
export function storyText(chooser: Chooser, { tell, writing }: Language): string {
  const story = new Story();
  const gap = writing.spaces ? ' ' : '';
  let text = '';
  for (let sentence = story.next(chooser); sentence; sentence = story.next(chooser)) {
    text += `${text && gap}${finish(tell(sentence), writing)}`;
  }
  return text;
}
