import { describe, expect, it } from 'vitest';

import { runScenario, SimulatedCluster, type Run } from './cluster.ts';
import { simulatedCrypto } from './crypto.ts';
import { SimulatedDisk } from './disk.ts';
import { parseScenario } from './parse-scenario.ts';
import type { ScenarioSource } from './scenario-schema.ts';
import type { Scenario } from './scenario.ts';
import { builtInScenarios } from './scenarios/library.ts';

function scenarioOf(source: Partial<ScenarioSource>): Scenario {
  const parsed = parseScenario({ format: 'pbft-lab/scenario@1', ...source });
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.scenario;
}

function builtIn(name: string): Scenario {
  const found = builtInScenarios.find((scenario) => scenario.name === name);
  if (found === undefined) throw new Error(`no scenario ${name}`);
  return found.scenario;
}

/** A disk that acknowledges a record and has lost it by the next start. */
class ForgetfulDisk extends SimulatedDisk {
  override prepare(): void {
    this.log = this.log.slice(0, -1);
  }
}

function violated({ verdict }: Run): readonly string[] {
  return verdict.violations.map(({ invariant }) => invariant);
}

const submit = { do: 'submit', operation: { put: ['x', '1'] } } as const;

describe('cluster', () => {
  it('[I12] is caught losing what its disks acknowledged', () => {
    const scenario = builtIn('crash-after-commit');

    expect(violated(runScenario(scenario, { newDisk: () => new ForgetfulDisk() }))).toContain(
      'write-ahead',
    );
    expect(violated(runScenario(scenario))).toEqual([]);
  });

  it('makes a learner of a replica whose disk is damaged', () => {
    const { verdict } = runScenario(
      scenarioOf({
        steps: [
          submit,
          { do: 'crash', replica: 3, at: 80 },
          { do: 'restart', replica: 3, disk: 'corrupt', at: 90 },
        ],
        until: { executed: 1 },
        expect: { live: true, executed: 1 },
      }),
    );

    expect(verdict).toMatchObject({ met: true, safe: true, ended: 'executed' });
    expect(verdict.replicas[3]?.status).toBe('learner');
  });

  it('tells why an expectation is not met', () => {
    const { verdict } = runScenario(
      scenarioOf({
        steps: [
          submit,
          { do: 'expectHere', state: { x: '2' }, when: { client: 0, answered: 1 }, after: 100 },
          { do: 'send', replica: 1, to: 0, message: { seen: {} }, at: 1 },
        ],
        until: { atMs: 400 },
        expect: { live: false, executed: 2, view: 1, violations: ['agreement'] },
      }),
    );

    expect(verdict.met).toBe(false);
    expect(verdict.unmet).toEqual([
      'replica 1 is not Byzantine: it sends no message written by hand',
      ...Array.from({ length: 4 }, () => 'x should be 2, not 1'),
      'the run should not be live',
      '2 operations should be executed, not 1',
      'the view should be at least 1, not 0',
      'agreement should be violated: no invariant was violated',
    ]);
  });

  it('sends what a Byzantine replica should say, as written', () => {
    const message = { type: 'prepare', view: 0, sequence: 1, digest: 'f'.repeat(64) } as const;
    const { verdict, trace } = runScenario(
      scenarioOf({
        steps: [
          { do: 'byzantine', replica: 3, behaviour: 'silent' },
          submit,
          { do: 'send', replica: 3, to: [0, 1], message, at: 5 },
        ],
        until: { executed: 1 },
      }),
    );

    const sent = trace.filter(
      (event) => event.type === 'sent' && event.header.digest === message.digest,
    );
    expect(sent).toMatchObject([
      { process: 3, to: 0 },
      { process: 3, to: 1 },
    ]);
    expect(verdict.met).toBe(true);
  });

  it('replays a message that somebody else has signed', () => {
    const { trace } = runScenario(
      scenarioOf({
        steps: [
          { do: 'byzantine', replica: 3, behaviour: 'silent' },
          submit,
          {
            do: 'send',
            replica: 3,
            to: 2,
            message: { seen: { type: 'commit', from: 1 } },
            when: { replica: 2, reaches: 'executed' },
          },
        ],
        until: { atMs: 300 },
      }),
    );

    const replayed = trace.find((event) => event.type === 'sent' && event.process === 3);
    expect(replayed).toMatchObject({ to: 2, header: { kind: 'commit', signer: 1 } });
  });

  it('can be left at any instant and gone on with: the trace is that of one run', () => {
    const scenario = builtIn('crashed-backup-recovers');
    const whole = runScenario(scenario);
    const parts = new SimulatedCluster(scenario);
    for (const untilUs of [0, 50_000, 123_456]) parts.runUntil(untilUs);
    expect(parts.conductor.nowUs).toBeLessThanOrEqual(123_456);
    parts.run();

    expect(parts.verdict()).toEqual(whole.verdict);
  });
});

describe('simulated signatures', () => {
  const crypto = simulatedCrypto(7);
  const bytes = Uint8Array.of(1, 2, 3);

  it('verify for their signer and their bytes only', () => {
    const signature = crypto.sign(1, bytes);

    expect(signature).toMatch(/^[0-9a-f]{128}$/);
    expect(crypto.verify(1, bytes, signature)).toBe(true);
    expect(crypto.verify(2, bytes, signature)).toBe(false);
    expect(crypto.verify(1, Uint8Array.of(1, 2), signature)).toBe(false);
    expect(simulatedCrypto(8).verify(1, bytes, signature)).toBe(false);
  });
});
