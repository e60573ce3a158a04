/** Details that open by themselves where something in them has to be mended, and never fold under a person's hands once it is. */

import { ref } from 'lit/directives/ref.js';

/** For an opening tag: `<details ${unfoldedFor(isWrong)}>`. */
export function unfoldedFor(isNeeded: boolean): unknown {
  return ref((details) => {
    if (isNeeded && details instanceof HTMLDetailsElement) details.open = true;
  });
}
