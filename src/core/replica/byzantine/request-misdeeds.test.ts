import { describe, expect, it } from 'vitest';

import { defaults as c } from '#core/pbft/configuration.ts';
import type { Message, ProcessId } from '#core/pbft/message.ts';
import { own } from '#core/pbft/signed.ts';
import { clientId, replicaId, timestamp } from '#core/pbft/terms.ts';
import type { Behaviour, Outgoing } from '#core/replica/process.ts';

import { misbehaveAsClient } from './misbehave-client.ts';

const operation = '{"put":["x","1"]}';
const request = {
  type: 'request',
  operation,
  timestamp: timestamp(7),
  client: clientId(0),
} as const;
const past = [{ operation: '{"get":"x"}', timestamp: timestamp(3) }];
const outgoing: readonly Outgoing[] = [{ to: 0, packet: { signed: own(request, 'c0') } }];

function leaving(behaviour: Behaviour): readonly Outgoing[] {
  const rogue = { id: clientId(0), configuration: c, primary: replicaId(0), past };
  return misbehaveAsClient(behaviour, rogue, outgoing).outgoing;
}

function said(messages: readonly Outgoing[], to: ProcessId): readonly Message[] {
  return messages.filter((message) => message.to === to).map(({ packet }) => packet.signed.body);
}

describe('what leaves a Byzantine client', () => {
  it('[A-C1] equivocate: two operations under one timestamp', () => {
    const messages = leaving({ behaviour: 'equivocate', split: [2, 3] });

    expect(said(messages, 0)).toEqual([request]);
    expect(said(messages, 1)).toEqual([request]);
    expect(said(messages, 2)).toMatchObject([{ timestamp: 7, client: 0 }]);
    expect(said(messages, 2)).not.toEqual([request]);
    expect(said(messages, 3)).toEqual(said(messages, 2));
  });

  it('[A-C2] replay: its old requests to all beside the new one', () => {
    const messages = leaving({ behaviour: 'replay' });

    expect(said(messages, 0)).toEqual([request, { ...request, ...past[0] }]);
    expect(said(messages, 3)).toEqual([{ ...request, ...past[0] }]);
  });

  it('[A-C3] bad-signature: before some, or before all', () => {
    const signatures = [[0], [1], undefined].map((targets) =>
      leaving({ behaviour: 'bad-signature', ...(targets && { targets }) }).map(
        ({ packet }) => packet.signed.signature,
      ),
    );

    expect(signatures).toEqual([['bad'], ['own'], ['bad']]);
  });

  it('[A-C4] backups-only: everybody but the primary', () => {
    expect(leaving({ behaviour: 'backups-only' }).map(({ to }) => to)).toEqual([1, 2, 3]);
  });

  it('[A-C5] exhaust-timestamp: the last one there is', () => {
    expect(said(leaving({ behaviour: 'exhaust-timestamp' }), 0)).toEqual([
      { ...request, timestamp: Number.MAX_SAFE_INTEGER },
    ]);
  });

  it('[A-C8] flood: so many more, each newer than the one before', () => {
    const messages = leaving({ behaviour: 'flood', count: 3 });

    expect(said(messages, 2)).toMatchObject([
      { timestamp: 8 },
      { timestamp: 9 },
      { timestamp: 10 },
    ]);
  });
});
