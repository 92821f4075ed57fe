import { assert, defined } from '#core/base/assert.ts';
import { Effect, failEffect, Letter, Outside } from '#core/persistent/engine/outside.ts';
import { Engine, type EngineOptions, outbox, type WorkflowError } from '#core/persistent/index.ts';
import type { Outcome } from '#core/persistent/samples/outside-world.ts';
import { programOf } from '#core/persistent/samples/programs.ts';
import { StorageLog } from '#core/persistent/store/storage-log.ts';
import type { StorageEngine } from '#core/persistent/store/storage.ts';
import { verifying } from '#core/persistent/store/verifier.ts';

import type {
  Release,
  SampleAnswer,
  SampleFailure,
  SampleInput,
  SampleLook,
  SampleStep,
} from './sample-port.ts';

/**
 * A sample on its engine, turn by turn. The page decides what comes next and how far a step goes, so that it
 * can kill the process at each of the three points of a turn; nothing leaves before its record is durable.
 */
export class SampleHost {
  private readonly sample: string;
  private readonly engine: Engine;
  private readonly log: StorageLog;
  private readonly records: number[];
  private readonly failures: SampleFailure[];
  private turn: number;

  private constructor(sample: string, opened: Opened) {
    this.sample = sample;
    this.engine = opened.engine;
    this.log = opened.log;
    this.records = opened.records;
    this.failures = opened.failures;
    this.turn = opened.engine.turnOfLastRecord;
  }

  /** The sample where its disk says it stood. On an empty disk nothing has happened yet. */
  static async open(sample: string, storage: StorageEngine): Promise<SampleHost> {
    const records: number[] = [];
    const failures: SampleFailure[] = [];
    const log = new StorageLog(measured(storage, records));
    const stored = await log.load();
    const options: EngineOptions = {
      // Each life draws other numbers.
      seed: `${sample}/${stored.length}`,
      verify: verifying,
      onError: (error) => failures.push(failureOf(error)),
    };
    const engine = stored.length === 0 ? Engine.create(options) : Engine.restore(stored, options);
    return new SampleHost(sample, { engine, log, records, failures });
  }

  /** What it has begun outside and does not know the end of is said again. */
  opened(): SampleAnswer {
    if (this.records.length === 0) return this.answer([]);
    const { letters, effects } = Outside.of(this.engine);
    return this.answer([...letters.values(), ...effects.values()]);
  }

  async step({ input, nowUs, acknowledged, stop }: SampleStep): Promise<SampleAnswer> {
    const now = Math.max(nowUs, this.engine.nowUs);
    if (acknowledged.length > 0) {
      this.engine.turn(now, () => {
        for (const number of acknowledged) outbox.ack(number);
      });
      this.turn++;
    }
    const outputs = this.run(input, now);
    this.turn++;
    if (stop === 'turn') return this.answer([]);
    await this.log.write({
      delta: () => this.engine.commit(this.turn),
      compact: () => this.engine.compact(this.turn),
    });
    return this.answer(stop === 'release' ? outputs : []);
  }

  private run(input: SampleInput, nowUs: number): readonly unknown[] {
    const { engine } = this;
    switch (input.type) {
      case 'begin':
        assert(this.records.length === 0, 'a sample begins once');
        return engine.turn(nowUs, () => programOf(this.sample)(engine));
      case 'timer':
        return engine.fireTimer(nowUs);
      case 'outcome':
        return engine.turn(nowUs, () => settle(engine, input.id, input.outcome));
      case 'acknowledgement':
        return [];
    }
  }

  private answer(outputs: readonly unknown[]): SampleAnswer {
    return {
      look: this.look(),
      released: outputs.map(released),
      failures: this.failures.splice(0),
    };
  }

  private look(): SampleLook {
    const { engine } = this;
    return {
      nowUs: engine.nowUs,
      nextTimerUs: engine.nextTimerUs,
      records: [...this.records],
      workflows: [...engine.workflows()].sort((a, b) => a.id - b.id),
      objects: engine.objects(),
      written: engine.lastCommit().map(({ id }) => id),
    };
  }
}

interface Opened {
  readonly engine: Engine;
  readonly log: StorageLog;
  readonly records: number[];
  readonly failures: SampleFailure[];
}

/** The outcome of a deed arrives. */
function settle(engine: Engine, id: string, outcome: Outcome): void {
  const { effects } = Outside.of(engine);
  const effect = defined(effects.get(id), `the effect ${id} is open`);
  effects.delete(id);
  if (outcome.ok) effect.complete(outcome.value);
  else failEffect(effect, new Error(outcome.problem));
}

function released(output: unknown): Release {
  if (output instanceof Letter) {
    const { number, to, message } = output;
    return { type: 'letter', number, to, text: String(message) };
  }
  assert(output instanceof Effect, 'a sample gives out letters and effects');
  const { id, name, parameters } = output;
  return { type: 'effect', id, name, parameters: parameters.map(String) };
}

function failureOf({ message, file, line, cause }: WorkflowError): SampleFailure {
  const stack = cause instanceof Error ? (cause.stack ?? '') : '';
  return { message, file, line, stack };
}

/** The same storage; `records` tells what is on it. */
function measured(storage: StorageEngine, records: number[]): StorageEngine {
  return {
    load: async () => {
      const found = await storage.load();
      records.push(...found.map(({ length }) => length));
      return found;
    },
    commit: async (record) => {
      await storage.commit(record);
      records.push(record.length);
    },
    reset: async (snapshot) => {
      await storage.reset(snapshot);
      records.splice(0, records.length, snapshot.length);
    },
    close: () => storage.close(),
  };
}
