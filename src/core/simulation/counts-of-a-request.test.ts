import { describe, expect, it } from 'vitest';

import type { ProcessId } from '#core/pbft/message.ts';

import { runScenario } from './cluster.ts';
import { simulatedCrypto, type Crypto } from './crypto.ts';
import { parseScenario } from './parse-scenario.ts';

const rounds = 3;
const interval = 2;

/** What a run has sent, by type, and signed. */
interface Counted {
  readonly sent: (...kinds: readonly string[]) => number;
  readonly decided: number;
  readonly signedByReplicas: number;
  readonly signedByClients: number;
}

/**
 * In each round one client keeps the primary busy, whose pipeline holds one batch, while b others ask: their
 * requests are the next batch, whole.
 */
function counted(n: number, b: number): Counted {
  const signers: ProcessId[] = [];
  const simulated = simulatedCrypto(1);
  const crypto: Crypto = {
    verify: (signer, bytes, signature) => simulated.verify(signer, bytes, signature),
    sign(signer, bytes) {
      signers.push(signer);
      return simulated.sign(signer, bytes);
    },
  };
  const asked = Array.from({ length: rounds * (b + 1) }, (_, i) => {
    const [round, client] = [Math.floor(i / (b + 1)), i % (b + 1)];
    const at = 1000 * round + (client === 0 ? 0 : 5);
    return { do: 'submit', at, client, operation: { add: [`k${client}`, 1] } };
  });
  const parsed = parseScenario({
    format: 'pbft-lab/scenario@1',
    replicas: n,
    clients: b + 1,
    protocol: {
      batchMax: Math.max(1, b),
      pipeline: 1,
      resendMs: 2500,
      checkpointInterval: interval,
      logSize: 2 * interval,
    },
    network: { latencyMs: [10, 10] },
    steps: asked,
    until: { atMs: 1000 * rounds },
  });
  if (!parsed.ok) throw new TypeError(parsed.problem);
  const { verdict, trace } = runScenario(parsed.scenario, { crypto });
  expect(verdict).toMatchObject({ safe: true, live: true });
  const kinds = trace.flatMap((event) => (event.type === 'sent' ? [event.header.kind] : []));
  const ofReplicas = signers.filter((signer) => typeof signer === 'number').length;
  return {
    sent: (...wanted) => kinds.filter((kind) => wanted.includes(kind)).length,
    decided: verdict.counts.decided,
    signedByReplicas: ofReplicas,
    signedByClients: signers.length - ofReplicas,
  };
}

/** M(n, b) of pbft.md 5.1. */
const messagesPerRequest = [
  { n: 4, b: 1, messages: 29 },
  { n: 4, b: 10, messages: 7.4 },
  { n: 4, b: 100, messages: 5.24 },
  { n: 7, b: 1, messages: 92 },
  { n: 7, b: 10, messages: 16.4 },
  { n: 7, b: 100, messages: 8.84 },
  { n: 10, b: 1, messages: 191 },
  { n: 10, b: 10, messages: 29 },
  { n: 10, b: 100, messages: 12.8 },
];

describe('the fault-free path', { timeout: 60_000 }, () => {
  it.for(messagesPerRequest)(
    '[5.1] of $n replicas takes $messages messages a request in batches of $b',
    ({ n, b, messages }) => {
      const [run, busyOnly] = [counted(n, b), counted(n, 0)];
      expect(run.decided).toBe(2 * rounds);
      expect(busyOnly.decided).toBe(rounds);
      const batches = run.decided - busyOnly.decided;
      const more = (...kinds: readonly string[]): number =>
        run.sent(...kinds) - busyOnly.sent(...kinds);

      expect(more('request')).toBe(batches * b);
      expect(more('pre-prepare')).toBe(batches * (n - 1));
      expect(more('prepare')).toBe(batches * (n - 1) ** 2);
      expect(more('commit')).toBe(batches * n * (n - 1));
      expect(more('reply')).toBe(batches * b * n);
      const path = more('request', 'pre-prepare', 'prepare', 'commit', 'reply');
      expect(path / (batches * b)).toBe(messages);

      const apart = ['status', 'checkpoint'];
      expect(run.sent('checkpoint')).toBe((run.decided / interval) * n * (n - 1));
      expect(run.sent('fetch', 'data', 'view-change', 'new-view')).toBe(0);
      const signedApart = run.sent(...apart) / (n - 1);
      expect(run.signedByReplicas - signedApart).toBe(run.decided * 2 * n + rounds * (b + 1) * n);
      expect(run.signedByClients).toBe(rounds * (b + 1));
    },
  );
});
