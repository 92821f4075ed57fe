import { describe, expect, it } from 'vitest';

import { certificatesValid } from './certificates-valid.ts';
import { byzantine, findingsInside, violation } from './hand-made-trace.ts';

describe('certificates-valid', () => {
  it('[I14] finds a stored certificate that does not verify', () => {
    expect(
      findingsInside(certificatesValid(), [], { id: 1 }, ['commit certificate 0/1: bad']),
    ).toMatchObject([violation('certificates-valid', { evidence: [] })]);
  });

  it('[I14] says nothing of good ones, nor of Byzantine replicas', () => {
    expect(findingsInside(certificatesValid(), [], { id: 1 })).toEqual([]);
    expect(findingsInside(certificatesValid(), [[1, byzantine]], { id: 1 }, ['bad'])).toEqual([]);
  });
});
