/** `1 run`, `213 runs`. */

import { whole } from '../parts/format.ts';

export function counted(number: number, one: string): string {
  return `${whole(number)} ${one}${number === 1 ? '' : 's'}`;
}
