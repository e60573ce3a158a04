import { defineConfig } from 'vite';

/** Builds the page into dist/page, with relative addresses so that any folder of any host can serve it. */
export default defineConfig({
  base: './',
  build: {
    outDir: 'dist/page',
    emptyOutDir: true,
    target: 'es2023',
    // A preload helper would be an extra script for a page that has a single entry.
    modulePreload: { polyfill: false },
    sourcemap: true,
    // Assets as files: the page's content security policy admits no data: scripts, and inlining saves nothing here.
    assetsInlineLimit: 0,
  },
  worker: { format: 'es' },
});
