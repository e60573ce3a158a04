import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import config from '../../vite.config.ts';

/** Directives by name. */
function directives(policy: string): Map<string, string> {
  return new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...values] = directive.trim().split(' ');
      return [name, values.join(' ')];
    }),
  );
}

test('the policy that the page says of itself is that of the server, but for what only the worker needs', () => {
  const html = readFileSync(new URL('../../index.html', import.meta.url), 'utf8');
  const [, said = ''] = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html) ?? [];
  const headers = config.preview?.headers as Record<string, string>;
  const served = directives(headers['Content-Security-Policy'] ?? '');
  expect(served.get('script-src')).toBe("'self' 'wasm-unsafe-eval'");
  expect(served.get('connect-src')).toBe("'self' https: http://localhost:* http://127.0.0.1:*");
  expect(served.get('frame-ancestors')).toBe("'none'");
  served.delete('frame-ancestors');
  served.set('script-src', "'self'").set('connect-src', "'self' https:");
  expect(Object.fromEntries(served)).toEqual(Object.fromEntries(directives(said)));
});
