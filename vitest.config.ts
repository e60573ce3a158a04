import { defineConfig } from 'vitest/config';
import { useSoftwareAdapter } from './scripts/setup.mjs';

// Here, so that every test's process starts with it, whichever command started vitest.
useSoftwareAdapter();

/** Files of tests in rooms. */
const filesOf = (...rooms: readonly string[]) => rooms.map((room) => `test/${room}/**/*.test.ts`);

/** Rooms whose files train the same small models: in one process they load once and share a device, which compiles each kernel once. */
const SHARED = ['cli', 'train', 'worker'];

/** Tests that open devices (through Dawn), start processes, or measure the one they run in: one process each. */
const ALONE = [
  ...filesOf('bench', 'cli/gpu', 'gpu', 'model', 'slurm', 'store'),
  'test/export/parity.test.ts',
  'test/text/readers/memory.test.ts',
];

/** Tests that measure how soon the page answers while it trains: they want the whole processor. */
const TIMED = ['race', 'firstVisit'].map((name) => `test/e2e/${name}.test.ts`);

// `unit`, `device` and a project for each shared room run in Node; `e2e` and `e2e-timed` drive the built page in a real Chromium.
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    setupFiles: ['test/sameBytes.ts'],
    // What is waited for is there within a second; a machine that is busy with other things may take longer.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', ...ALONE, ...filesOf(...SHARED)],
          // One process after another for hundreds of small files would take longer than their tests.
          isolate: false,
          unstubGlobals: true,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'device',
          include: ALONE,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 0 },
        },
      },
      ...SHARED.map((room) => ({
        extends: true as const,
        test: {
          name: room,
          include: filesOf(room),
          exclude: ALONE,
          isolate: false,
          unstubGlobals: true,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 0 },
        },
      })),
      ...[
        {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: TIMED,
          fileParallelism: true,
          groupOrder: 1,
        },
        { name: 'e2e-timed', include: TIMED, exclude: [], fileParallelism: false, groupOrder: 2 },
      ].map(({ groupOrder, ...files }) => ({
        extends: true as const,
        test: {
          ...files,
          // Builds and serves the page, and starts the browser, once for all files of the project.
          globalSetup: ['test/e2e/globalLab.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          sequence: { groupOrder },
        },
      })),
    ],
  },
});
