/** All commands of the worker of the laws in one table. */

import type { Door } from '../api/door.ts';
import type { LawCommand, LawEvent, LawReply } from '../api/law.ts';
import { Calls, type Handlers } from '../serve.ts';
import { adviceHandlers } from './advice/handlers.ts';
import { Desk } from './desk.ts';
import { exportHandlers } from './exports.ts';
import { lawFailureOf } from './failures.ts';
import { fittingHandlers } from './fitting.ts';
import { tableHandlers } from './tables.ts';
import { trustHandlers } from './trust.ts';

/** `m3lab` is the version of the lab, for the files that it writes. */
export function lawSession(m3lab: string): Door<LawCommand, LawReply[LawCommand['command']], LawEvent> {
  const desk = new Desk(m3lab);
  const handlers: Handlers<LawCommand, LawReply> = {
    ...fittingHandlers(desk),
    ...trustHandlers(desk),
    ...tableHandlers(),
    ...exportHandlers(desk),
    ...adviceHandlers(desk),
  };
  const calls = new Calls<LawCommand, LawReply>(handlers, lawFailureOf);
  return {
    listen: (listener) => desk.listen(listener),
    send: (call, command) => calls.send(call, command),
    abort: (call) => calls.abort(call),
  };
}
