import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Sha256 } from '../../src/text/sha256.ts';

const ascii = (text: string) => new TextEncoder().encode(text);

// FIPS 180-4 examples, as published by NIST.
test.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
])('of %j', (text, hex) => {
  expect(new Sha256().update(ascii(text)).hex()).toBe(hex);
});

test('of a million letters a, in uneven chunks', () => {
  const sha = new Sha256();
  for (let given = 0, size = 1; given < 1_000_000; size = (size * 7 + 3) % 1_021) {
    const length = Math.min(size, 1_000_000 - given);
    sha.update(ascii('a'.repeat(length)));
    given += length;
  }
  expect(sha.hex()).toBe('cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
});

test('is what OpenSSL says, however the bytes are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 150 }), { maxLength: 6 }), (chunks) => {
      const ours = new Sha256();
      const theirs = createHash('sha256');
      for (const chunk of chunks) {
        ours.update(chunk);
        theirs.update(chunk);
      }
      expect(ours.hex()).toBe(theirs.digest('hex'));
    }),
  );
});
