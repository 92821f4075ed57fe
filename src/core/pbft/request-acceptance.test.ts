import { describe, expect, it } from 'vitest';

import type { Request, Signed } from './message.ts';
import type { Rejection } from './rejection.ts';
import type { ClientHistory } from './request-acceptance.ts';
import { rejectionOfRequest } from './request-acceptance.ts';
import type { Defect } from './sample-messages.ts';
import { pairsOf, requestFrom, sample } from './sample-messages.ts';
import { clientId, timestamp } from './terms.ts';

interface Case {
  readonly request: Signed<Request>;
  readonly verdicts: readonly boolean[];
  readonly history: ClientHistory;
}

const honest: Case = { request: requestFrom(0, 5), verdicts: [true], history: {} };

function rejection({ request, verdicts, history }: Case): Rejection | undefined {
  return rejectionOfRequest(sample, request, verdicts, history);
}

function knowing(history: ClientHistory): (honest: Case) => Case {
  return (honest) => ({ ...honest, history: { ...honest.history, ...history } });
}

function signedBy(signer: number | 'c1'): (honest: Case) => Case {
  return (honest) => ({ ...honest, request: { ...honest.request, signer } });
}

function ofClient(client: number): (honest: Case) => Case {
  return ({ request, ...honest }) => ({
    ...honest,
    request: { ...request, body: { ...request.body, client: clientId(client) } },
  });
}

/** In the order of the checks. */
const defects: readonly Defect<Case>[] = [
  {
    reason: 'stale-request',
    why: 'a later one is executed',
    spoil: knowing({ served: timestamp(6) }),
  },
  {
    reason: 'superseded-request',
    why: 'a later one waits',
    spoil: knowing({ waiting: requestFrom(0, 6) }),
  },
  {
    reason: 'superseded-request',
    why: 'another of this time waits',
    spoil: knowing({ waiting: requestFrom(0, 5, '{"get":"y"}') }),
  },
  {
    reason: 'duplicate',
    why: 'it waits',
    spoil: (honest) => ({ ...honest, history: { ...honest.history, waiting: honest.request } }),
  },
  { reason: 'unknown-client', why: 'there is no such client', spoil: ofClient(2) },
  { reason: 'wrong-signer', why: 'another client signed it', spoil: signedBy('c1') },
  { reason: 'wrong-signer', why: 'a replica signed it', spoil: signedBy(0) },
  {
    reason: 'bad-signature',
    why: 'its signature fails',
    spoil: (honest) => ({ ...honest, verdicts: [false] }),
  },
  { reason: 'answered-request', why: 'it is executed', spoil: knowing({ served: timestamp(5) }) },
];

describe('REQUEST', () => {
  it.each<{ why: string; spoil: (honest: Case) => Case }>([
    { why: 'of a client that is new', spoil: (honest) => honest },
    { why: 'after one executed', spoil: knowing({ served: timestamp(4) }) },
    { why: 'in place of an older one that waits', spoil: knowing({ waiting: requestFrom(0, 4) }) },
    {
      why: 'at the last timestamp there is',
      spoil: (honest) => ({ ...honest, request: requestFrom(0, Number.MAX_SAFE_INTEGER) }),
    },
    {
      why: 'that no service understands',
      spoil: (honest) => ({ ...honest, request: requestFrom(0, 5, '?') }),
    },
  ])('[N8] joins the queue $why', ({ spoil }) => {
    expect(rejection(spoil(honest))).toBeUndefined();
  });

  it.each(defects)('[N8] is refused as $reason when $why', ({ reason, spoil }) => {
    expect(rejection(spoil(honest))).toBe(reason);
  });

  it.each(pairsOf(defects))(
    '[N7] is refused as $first.reason when $first.why, even if $second.why',
    ({ first, second }) => {
      expect(rejection(first.spoil(second.spoil(honest)))).toBe(first.reason);
    },
  );
});
