/** What a model did not see of its prompt, or not as it stands there. */

import type { Written } from '../../../worker/api/play.ts';
import { whole } from '../../parts/format.ts';
import { readable } from '../../parts/readable.ts';

/** In sentences; none where it saw all of it. */
export function promptWords({
  lost,
  promptTokens,
  promptSeen,
}: Pick<Written, 'lost' | 'promptTokens' | 'promptSeen'>): string[] {
  const signs = lost.map((sign) => `“${readable(sign)}”`).join(', ');
  return [
    promptSeen < promptTokens
      ? `The prompt has ${whole(promptTokens)} tokens, and the model sees ${whole(promptSeen)} at once: it saw the last of them only.`
      : '',
    lost.length > 0
      ? `Its tokenizer lacks or changes ${signs}; the model did not see ${lost.length > 1 ? 'them as they are' : 'it as it is'}.`
      : '',
  ].filter((words) => words !== '');
}
