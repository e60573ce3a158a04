/** Commands about fleets. */

import type { FleetCommand, FleetReply } from '../api/fleet.ts';
import { devicePeak } from '../devicePeak.ts';
import type { FleetDesk } from '../fleetDesk.ts';
import type { FleetRun } from '../fleetRun.ts';
import type { Handlers } from '../serve.ts';
import { profileStep, type StepProfileOptions } from '../stepProfile.ts';

export function fleetCommands(
  desk: FleetDesk,
  fleet: FleetRun,
  profiling: StepProfileOptions,
): Handlers<FleetCommand, FleetReply> {
  return {
    check: (command) => desk.check(command),
    train: (command, signal) => done(desk.train(command, signal)),
    continue: (_, signal) => desk.continue(signal),
    discard: () => done(desk.discard()),
    pause: () => done(fleet.pause()),
    resume() {
      fleet.resume();
      return null;
    },
    step: ({ steps }) => done(fleet.step(steps)),
    stop: ({ run }) => done(fleet.stop(run)),
    checkpoint: () => done(fleet.checkpoint()),
    profile: ({ config, runs }) => profileStep(config, runs, profiling),
    peak: () => devicePeak(profiling),
  };
}

async function done(action: Promise<unknown>): Promise<null> {
  await action;
  return null;
}
