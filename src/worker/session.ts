/** The lab behind the door: puts its parts together, and gives each command to the part whose business it is. */

import { type Database, QueueStore } from '../store/database.ts';
import { MemoryStore } from '../store/memory.ts';
import { MemoryDatabase } from '../store/memoryDatabase.ts';
import type { Store } from '../store/store.ts';
import type { Fetch } from '../text/remote/exchange.ts';
import type { HubAddresses } from '../text/remote/huggingFace.ts';
import type { Door } from './api/door.ts';
import type { Command, LabEvent, Listener, OpenCommand, OpenReply, Reply } from './api/lab.ts';
import type { Outcome } from './api/outcome.ts';
import { fleetCommands } from './commands/fleet.ts';
import { textCommands } from './commands/texts.ts';
import { failureOf, NotNowError } from './failures.ts';
import { FleetDesk } from './fleetDesk.ts';
import { FleetRun } from './fleetRun.ts';
import { GpuHolder } from './gpuHolder.ts';
import { GpuTurn } from './gpuTurn.ts';
import { libraryCommands } from './library/commands.ts';
import { type OtherTabs, RunShelf } from './library/runShelf.ts';
import { modelCommands } from './models/commands.ts';
import { CopyDesk } from './models/copies.ts';
import { ModelShelf } from './models/modelShelf.ts';
import { TrainingTexts } from './models/trainingTexts.ts';
import { Notebook } from './notebook.ts';
import { openVisit } from './opening.ts';
import { openSweeps, textsOfSweeps } from './queue/sweeps.ts';
import { Calls, type Handlers } from './serve.ts';
import { storageCommands } from './storage/commands.ts';
import { SmallThings } from './storage/smallThings.ts';
import { Teller } from './teller.ts';
import { TextShelf } from './texts/textShelf.ts';
import { TokenDesk } from './texts/tokenDesk.ts';
import { openTuner } from './tuning.ts';

export type LabSessionOptions = {
  readonly gpu: GPU | undefined;
  readonly locks: LockManager | undefined;
  /** For files: texts, checkpoints, sweeps. */
  readonly store: Store;
  /** For records, the queue, tables and settings. What needs none does not wait for it. */
  readonly database: Promise<Database>;
  /** Libraries of other tabs, which show the same runs. */
  readonly otherTabs?: OtherTabs;
  /** Name → version, for the records. */
  readonly versions: Readonly<Record<string, string>>;
  /** Whether kernels are chosen by measurement, or taken from a fixed table, until `open` says otherwise. */
  readonly tuning: 'auto' | 'off';
  /** Fetches from other sites, only when a person asks for a corpus there; and what ships with the lab. */
  readonly fetch: Fetch;
  /** The hub of datasets, where it is not Hugging Face's own. */
  readonly hub?: HubAddresses;
  /** What the browser says of its storage; undefined where it says nothing. */
  readonly storage?: Pick<StorageManager, 'estimate' | 'persisted'> | undefined;
};

/** For what nobody breaks off. */
const NEVER = new AbortController().signal;

export class LabSession implements Door<Command, Reply[Command['command']], LabEvent> {
  readonly #calls: Calls<Command, Reply>;
  readonly #teller = new Teller();
  #tuning: 'auto' | 'off';

  constructor(options: LabSessionOptions) {
    this.#tuning = options.tuning;
    const { store, locks, database } = options;
    const teller = this.#teller;
    const turn = new GpuTurn();
    const gpu = new GpuHolder(options.gpu, async (device) =>
      this.#tuning === 'auto' ? openTuner(device, { ...options, teller }) : undefined,
    );
    const queue = new QueueStore(database);
    // Where the browser's database could not be opened, files outlive the tab and what lies in the database does not.
    const isDatabaseKept = async () =>
      store instanceof MemoryStore || !((await database) instanceof MemoryDatabase);
    const notes = new Notebook(store, locks, async () =>
      // Else the queue is not known, and texts of its sweeps may lie here.
      (await isDatabaseKept()) ? textsOfSweeps(queue) : null,
    );
    const runs = new RunShelf({ database, locks, teller, others: options.otherTabs });
    const models: ModelShelf = new ModelShelf({ store, notes, teller, isTraining: () => fleet.busy });
    const onFleetChange = () => {
      if (fleet.busy) trained.forget();
      models.changed();
    };
    const fleet: FleetRun = new FleetRun({ ...options, gpu, teller, onChange: onFleetChange });
    const checkMayChange = () => {
      if (fleet.busy) throw new NotNowError('Texts cannot change while a fleet trains on them.');
    };
    const onTextChange = () => trained.forget();
    const texts: TextShelf = new TextShelf({
      ...options,
      ...{ notes, teller, checkMayChange, onChange: onTextChange },
    });
    const tokens = new TokenDesk(texts, teller);
    const trained: TrainingTexts = new TrainingTexts({ store, texts });
    const fleets = new FleetDesk({
      ...{ store, locks, notes, teller, turn, gpu, fleet, texts, tokens, runs, models },
      areRunsKept: isDatabaseKept,
    });
    const sweeps = openSweeps({ ...options, gpu, turn, queue, session: notes, runs, teller });
    const opening: Handlers<OpenCommand, OpenReply> = {
      open: async ({ tuning }) => {
        this.#tuning = tuning ?? this.#tuning;
        const opened = await openVisit({ store, gpu, notes, teller, texts, fleets });
        void sweeps.begin();
        return opened;
      },
      visibility: ({ visible }) => {
        gpu.setVisible(visible);
        return null;
      },
    };
    this.#calls = new Calls<Command, Reply>(
      {
        ...opening,
        ...textCommands(texts, tokens),
        ...fleetCommands(fleets, fleet, { gpu, turn, teller }),
        ...libraryCommands({ ...options, runs, teller }),
        ...modelCommands(models, { gpu, turn, trained, copies: new CopyDesk(trained) }),
        ...sweeps.commands,
        ...storageCommands({
          ...options,
          ...{
            notes,
            runs,
            models,
            small: new SmallThings(database),
            texts,
            fleets,
            fleet,
            turn,
            teller,
            queue,
          },
          sweeps: {
            look: sweeps.begin,
            async remove(sweep) {
              await sweeps.commands.removeSweep({ command: 'removeSweep', sweep }, NEVER);
            },
          },
        }),
      },
      failureOf,
    );
  }

  listen(listener: Listener): void {
    this.#teller.listen(listener);
  }

  send<C extends Command>(call: number, command: C): Promise<Outcome<Reply[C['command']]>> {
    return this.#calls.send(call, command);
  }

  abort(call: number): void {
    this.#calls.abort(call);
  }
}
