/** Commands about models. */

import type { ModelCommand, ModelReply } from '../api/models.ts';
import type { Handlers } from '../serve.ts';
import { broughtModel } from './bringing.ts';
import type { CopyDesk } from './copies.ts';
import type { ModelShelf } from './modelShelf.ts';
import { type ProbeOptions, probeModel } from './probe.ts';

export function modelCommands(
  models: ModelShelf,
  { copies, ...probing }: ProbeOptions & { readonly copies: CopyDesk },
): Handlers<ModelCommand, ModelReply> {
  return {
    listModels: () => models.list(),
    readModel: ({ model }) => models.read(model),
    probeModel: async ({ model }, signal) => probeModel(await models.open(model), probing, signal),
    keepParity: ({ model, parity }) => done(models.keepParity(model, parity)),
    findCopied: async ({ model, text }, signal) => copies.find(await models.training(model), text, signal),
    keepModel: ({ model, name }) => models.keep(model, name),
    bringModel: async ({ name, files }, signal) => {
      const brought = await broughtModel(name, files, signal);
      signal.throwIfAborted();
      return models.add(brought.files, brought.about);
    },
    forgetModel: ({ model }) => done(models.forget(model)),
  };
}

async function done(action: Promise<unknown>): Promise<null> {
  await action;
  return null;
}
