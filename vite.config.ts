import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { shippedRuns } from './scripts/vite/shippedRuns.mjs';
import { parseJson } from './src/formats/json.ts';
import { parseRunRecord } from './src/formats/record.ts';
import { tagWords } from './src/formats/runSummary.ts';
import { shippedRunOf } from './src/formats/shippedRun.ts';

/**
 * What page and worker may load and reach, as the server says it. The page says nearly the same of itself, for hosts that send
 * no headers, but its words do not bind the worker, and it is the worker that reads foreign files and asks foreign servers.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  // Parquet's snappy is a small WebAssembly module, which the worker compiles.
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  // Any server of texts; one without a certificate only on this machine.
  "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
  "base-uri 'none'",
  "form-action 'none'",
  // Cannot be said in the page.
  "frame-ancestors 'none'",
].join('; ');

/**
 * Has the browser paint the lab, rather than first the words that stand in the page for browsers without scripts. Vite writes the script's tag
 * anew, so what index.html says of it would be lost.
 */
const PAINT_ONCE: Plugin = {
  name: 'm3lab:paint-once',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => html.replace('<script type="module"', '<script type="module" blocking="render"'),
  },
};

/** Builds the page into dist/page, with relative addresses so that any folder of any host can serve it. */
export default defineConfig({
  base: './',
  plugins: [
    PAINT_ONCE,
    shippedRuns({
      folder: fileURLToPath(new URL('./results', import.meta.url)),
      // More files of records, for trying out.
      more: process.env.M3LAB_SHIPPED ?? '',
      summarise: (text, place, collection, tags) => {
        const record = parseRunRecord(parseJson(text, place), place);
        return shippedRunOf(record, collection, tagWords(tags.get(record.id) ?? {}));
      },
    }),
  ],
  build: {
    outDir: 'dist/page',
    emptyOutDir: true,
    target: 'es2023',
    // Every browser that the lab runs in preloads modules by itself.
    modulePreload: { polyfill: false },
    sourcemap: true,
    // Assets as files: the page's content security policy admits no data: scripts, and inlining saves nothing here.
    assetsInlineLimit: 0,
  },
  worker: { format: 'es' },
  preview: {
    headers: {
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      // A server of texts has no business knowing where the lab stands.
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    },
  },
});
