import { describe, expect, it } from 'vitest';
import { richerReason } from '../../../src/page/fit/richerLaw.ts';

describe('the richer law', () => {
  it('is asked for where it explains much more', () => {
    const reason = richerReason({ aicc: -1558.5, rmseLog: 0.089 }, { aicc: -1786.4, rmseLog: 0.062 });
    expect(reason).toContain('228 lower');
  });

  it('is not for a little, nor where nothing is left to explain, nor where there are too few runs to say', () => {
    expect(richerReason({ aicc: -100, rmseLog: 0.05 }, { aicc: -112, rmseLog: 0.049 })).toBe('');
    expect(richerReason({ aicc: -9000, rmseLog: 1e-9 }, { aicc: -9900, rmseLog: 1e-10 })).toBe('');
    expect(richerReason({ aicc: null, rmseLog: 0.05 }, { aicc: -112, rmseLog: 0.01 })).toBe('');
    expect(richerReason({ aicc: -100, rmseLog: 0.05 }, { aicc: -90, rmseLog: 0.05 })).toBe('');
  });
});
