/** All commands of the worker of play in one table. */

import { exportedFolder, lazyOnnxFiles } from '../../export/folder.ts';
import { folderNameOf } from '../../export/formats.ts';
import { checkParity } from '../../export/parity.ts';
import { zipped } from '../../export/zip.ts';
import { scoreText } from '../../play/score.ts';
import { unlessAborted } from '../abort.ts';
import type { Door } from '../api/door.ts';
import type { PlayCommand, PlayEvent, PlayReply } from '../api/play.ts';
import { Calls, type Handlers } from '../serve.ts';
import { playFailureOf } from './failures.ts';
import { type LoadRuntime, Runtimes } from './runtimes.ts';
import { ModelShelf, OtherWeightsError } from './shelf.ts';
import { written } from './writing.ts';

/** `load` brings ONNX Runtime, when the first model is opened. */
export function playSession(
  load: LoadRuntime,
): Door<PlayCommand, PlayReply[PlayCommand['command']], PlayEvent> {
  const runtimes = new Runtimes(load);
  const shelf = new ModelShelf(runtimes);
  let tell: (event: PlayEvent) => void = () => {};
  const handlers: Handlers<PlayCommand, PlayReply> = {
    openModel: ({ files }, signal) => shelf.open(files, signal),
    async closeModel({ model }) {
      await shelf.close(model);
      return null;
    },
    checkModel: ({ model, probe, provider = 'wasm' }, signal) =>
      shelf.use(model, async ({ exported, weights }) => {
        if (probe.weights !== weights) throw new OtherWeightsError(model);
        const runtime = await unlessAborted(runtimes.of(provider), signal);
        return checkParity(lazyOnnxFiles(exported), exported, probe, runtime, signal);
      }),
    write: ({ task, model, writing }, signal) =>
      shelf.use(model, ({ play }) =>
        written(play, writing, (tokens) => tell({ event: 'written', task, tokens }), signal),
      ),
    scoreText: ({ model, text }, signal) => shelf.use(model, ({ play }) => scoreText(play, text, { signal })),
    exportModel: ({ model, format, parity }) =>
      shelf.use(model, ({ exported, weights }) => {
        // A verdict on other weights says nothing of these.
        const verdict = parity?.weights === weights ? parity : null;
        const folder = folderNameOf(exported.name, format);
        const zip = zipped(exportedFolder(exported, format, verdict), folder);
        return { name: `${folder}.zip`, blob: new Blob([zip as BlobPart], { type: 'application/zip' }) };
      }),
  };
  const calls = new Calls<PlayCommand, PlayReply>(handlers, playFailureOf);
  return {
    listen(listener) {
      tell = listener;
    },
    send: (call, command) => calls.send(call, command),
    abort: (call) => calls.abort(call),
  };
}
