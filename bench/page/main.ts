/** The page that `bench/run.mjs` drives: all that it can be asked to do. */

import { deviceCalls, watchDevices } from './devices.ts';
import { fleetCalls } from './fleets.ts';
import { matmulCalls } from './matmul.ts';
import { stepCalls } from './steps.ts';

const bench = { ...deviceCalls, ...stepCalls, ...fleetCalls, ...matmulCalls };

export type Bench = typeof bench;

watchDevices();
(globalThis as { bench?: Bench }).bench = bench;
