/** A worker that keeps one setting, or fails; for tests of what is kept from one visit to the next. */

import type { JsonValue } from '../../../src/formats/json.ts';
import type { LabClient } from '../../../src/page/lab.ts';
import type { Failure } from '../../../src/worker/api/outcome.ts';

const FAILURE: Failure = { kind: 'storage', message: 'It cannot be read.', advice: '' };

type Sent = { readonly command: string; readonly value?: JsonValue };

export function keeper(before: JsonValue, failing: readonly string[] = []) {
  let kept = before;
  const sent: Sent[] = [];
  const send = async (command: Sent) => {
    sent.push(command);
    if (failing.includes(command.command)) return { ok: false, failure: FAILURE };
    if (command.command === 'keepSetting') kept = command.value ?? null;
    return { ok: true, value: command.command === 'setting' ? kept : null };
  };
  const written = () => sent.flatMap(({ command, value }) => (command === 'keepSetting' ? [value] : []));
  /** As another tab would. */
  const put = (value: JsonValue) => {
    kept = value;
  };
  return { put, client: { send } as unknown as LabClient, written };
}
