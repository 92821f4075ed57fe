import { type Configuration, defaults } from '#core/pbft/configuration.ts';
import type { Identity, Packet, ProcessId, Request } from '#core/pbft/message.ts';
import { own, processOfClient } from '#core/pbft/signed.ts';
import { clientId, timestamp } from '#core/pbft/terms.ts';
import { ProcessMachine } from '#core/replica/process-machine.ts';
import { newReplica, settingsOf } from '#core/simulation/oracle/step-replica.ts';
import { step, type StepInput } from '#core/simulation/oracle/step.ts';
import type { SymbolicMessage } from '#core/simulation/oracle/symbols.ts';

/** Serves batches one after the other; says how many messages it has delivered. */
export type Serving = (batches: number) => number;

/** Messages in the order in which they were sent. */
class Queue<T> {
  private items: T[] = [];

  push(item: T): void {
    this.items.push(item);
  }

  /** Hands out everything, also what is pushed meanwhile; says how much it was. */
  drain(take: (item: T) => void): number {
    for (let i = 0; i < this.items.length; i++) {
      const item = this.items[i];
      if (item !== undefined) take(item);
    }
    const { length } = this.items;
    this.items = [];
    return length;
  }
}

/**
 * The workflows without a host: no bytes, no signatures, no trace; records only if asked for. The request of one client keeps the pipeline
 * busy while those of the others come: they are the next batch.
 */
export function workflowsOf(n: number, others: number, kind: 'turns' | 'commits'): Serving {
  const f = Math.floor((n - 1) / 3);
  const size = { clients: others + 1, batchMax: others + 1, pipeline: 1 };
  const c: Configuration = { ...defaults, n, f, ...size };
  const machines = Array.from({ length: n }, (_, id) => ProcessMachine.start(id, c));
  const flights = new Queue<{ from: ProcessId; to: number; packet: Packet }>();
  for (const machine of machines) machine.turn(0, { type: 'start' }, null);
  let time = 0;
  let turns = 0;
  return (batches) => {
    let delivered = 0;
    for (let i = 0; i < batches; i++) {
      time++;
      for (let client = 0; client <= others; client++) {
        const request = own(requestOf(client, time), processOfClient(clientId(client)));
        flights.push({ from: request.signer, to: 0, packet: { signed: request } });
      }
      delivered += flights.drain(({ from, to, packet }) => {
        const machine = machines[to];
        if (machine === undefined) return;
        const arrival = { ok: true, packet, verdicts: [true] } as const;
        const report = machine.turn(0, { type: 'deliver', from, arrival }, null);
        for (const { to: next, packet } of report.outgoing) {
          if (typeof next === 'number') flights.push({ from: to, to: next, packet });
        }
        if (kind === 'turns') return;
        if (++turns % 2000 === 0) for (const one of machines) one.compact();
        else machine.commit();
      });
    }
    return delivered;
  };
}

export function stepsOf(n: number, others: number): Serving {
  const { checkpointInterval: interval, logSize } = defaults;
  const f = Math.floor((n - 1) / 3);
  const size = { interval, logSize, batchMax: others + 1, pipeline: 1 };
  const settings = settingsOf({ n, f, ...size, leftOut: undefined });
  const replicas = Array.from({ length: n }, (_, id) => newReplica(id));
  const flights = new Queue<{ from: Identity; to: number; message: SymbolicMessage }>();
  let time = 0;
  return (batches) => {
    let delivered = 0;
    for (let i = 0; i < batches; i++) {
      time++;
      for (let client = 0; client <= others; client++) {
        flights.push({ from: `c${client}`, to: 0, message: requestOf(client, time) });
      }
      delivered += flights.drain(({ from, to, message }) => {
        const me = replicas[to];
        if (me === undefined) return;
        const input: StepInput = { type: 'deliver', from, message };
        for (const { to: next, message } of step(settings, me, input)) {
          if (typeof next === 'number') flights.push({ from: to, to: next, message });
          if (next !== 'others') continue;
          for (const { id } of replicas) if (id !== to) flights.push({ from: to, to: id, message });
        }
      });
    }
    return delivered;
  };
}

function requestOf(client: number, time: number): Request {
  return {
    type: 'request',
    operation: `{"put":["k${client}","${time % 10}"]}`,
    timestamp: timestamp(time),
    client: clientId(client),
  };
}
