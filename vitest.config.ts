import { defineConfig } from 'vitest/config';
import { useSoftwareAdapter } from './scripts/setup.mjs';

// Here, so that every test's process starts with it, whichever command started vitest.
useSoftwareAdapter();

// Two projects: `unit` runs in Node (the GPU tests through Dawn), `e2e` drives the built page in a real Chromium.
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
          // After the unit tests: a browser that trains on the software adapter wants the processor to itself.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
