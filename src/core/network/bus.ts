/**
 * The bus as a pure machine: it owns messages from the moment they are sent until they arrive, and
 * nothing of processes, time or storage. Who drives it tells it the instant and takes its events.
 *
 * [B1] Every message has a fate drawn from (seed, from, to, k), k counting the messages of its link.
 * [B2] Rules and draws apply when a message is sent; cuts apply when it arrives.
 * [B3] Messages arrive in the order (instant, message id).
 */
import { assert, defined } from '#core/base/assert.ts';
import type { ProcessId } from '#core/pbft/message.ts';

import { FaultRules, type FaultRule, type Treatment } from './fault-rules.ts';
import { Flights, type Flight, type Parcel } from './flights.ts';
import { fateOf } from './link-draws.ts';
import { matches, type Carries, type Match } from './match.ts';
import { linkSettings, type Network, type NetworkSettings } from './network-settings.ts';
import { isReachable, whole, type Partition } from './partition.ts';
import type { DropReason, NetworkEvent } from './trace-event.ts';

/** Takes what happens; `process` is whose event it is, none for the network's own. */
export type Emit = (event: NetworkEvent, process?: ProcessId) => void;

/** What can be done to one message in flight. */
export type FlightDeed =
  | { readonly deed: 'hold' | 'release' | 'drop' | 'duplicate' | 'deliver' }
  | { readonly deed: 'delay'; readonly delayUs: number };

/** Messages in flight, and everything that can happen to them there. */
export class Bus {
  private readonly seed: number;
  private network: Network;
  private readonly carries: Carries;
  private readonly emit: Emit;
  private readonly rules = new FaultRules();
  private readonly flights = new Flights();
  private readonly sentOn = new Map<string, number>();
  private partition: Partition = whole;
  private nextId = 0;

  constructor(seed: number, network: Network, carries: Carries, emit: Emit) {
    this.seed = seed;
    this.network = network;
    this.carries = carries;
    this.emit = emit;
  }

  /** The next instant at which something arrives. */
  get nextArrivalUs(): number | undefined {
    return this.flights.nextArrivalUs;
  }

  /** Whether nothing is on its way and nothing is held. */
  get isEmpty(): boolean {
    return this.flights.size === 0;
  }

  /** Takes a message from a process; one that is slow on purpose says how much longer it takes. */
  send(nowUs: number, parcel: Parcel, lateUs = 0): void {
    const link = `${parcel.from}>${parcel.to}`;
    const k = this.sentOn.get(link) ?? 0;
    this.sentOn.set(link, k + 1);
    const { from, to } = parcel;
    const fate = fateOf({ seed: this.seed, from, to, k }, linkSettings(this.network, from, to));
    const ruled = this.rules.treat(parcel, this.carries);
    const treatment = { ...ruled, delayUs: ruled.delayUs + lateUs };

    const id = this.admit(nowUs, parcel, treatment, fate.latencyUs, fate.lost);
    if (treatment.dropped) return;
    const copies = treatment.copies + (fate.duplicated ? 1 : 0);
    for (let copy = 0; copy < copies; copy++) {
      this.depart(nowUs, parcel, fate.copyLatencyUs, id);
    }
  }

  /**
   * Takes out what arrives at `nowUs`, in order: what crosses a cut or finds its process down is lost.
   */
  arrivals(nowUs: number, isUp: (process: ProcessId) => boolean): readonly Flight[] {
    return this.flights.takeDue(nowUs).filter((flight) => {
      const { from, to } = flight.parcel;
      if (!isReachable(this.partition, from, to)) this.lose(flight, 'partition');
      else if (!isUp(to)) this.lose(flight, 'crashed');
      else return true;
      return false;
    });
  }

  /** Loses everything on its way to a process that crashes. */
  loseAllTo(process: ProcessId): void {
    for (const flight of this.flights.takeWhere((flight) => flight.parcel.to === process)) {
      this.lose(flight, 'crashed');
    }
  }

  /** Records the loss of a message that had arrived and was not taken. */
  loseArrived(flight: Flight): void {
    this.lose(flight, 'crashed');
  }

  addRule(rule: FaultRule): void {
    this.rules.add(rule);
  }

  cut(partition: Partition): void {
    this.partition = partition;
  }

  /** Ends cuts and hold rules, and delivers what was held. */
  heal(nowUs: number): void {
    this.partition = whole;
    this.rules.endHolds();
    this.release(nowUs, {});
  }

  /** Delivers the held messages that match, in the order they were held. */
  release(nowUs: number, match: Match): void {
    for (const flight of this.flights.held()) {
      if (matches(match, flight.parcel, this.carries)) this.deliverHeld(nowUs, flight);
    }
  }

  /** Changes latency, loss and duplication from now on. */
  change(settings: NetworkSettings): void {
    this.network = { ...this.network, ...settings };
  }

  /** Does something to one message in flight. Says whether there is such a message. */
  handle(nowUs: number, id: number, order: FlightDeed): boolean {
    const flight = this.flights.find(id);
    if (flight === undefined) return false;
    switch (order.deed) {
      case 'hold':
        this.hold(flight);
        return true;
      case 'release':
      case 'deliver':
        this.deliverHeld(nowUs, flight);
        return true;
      case 'drop':
        this.flights.remove(flight);
        this.lose(flight, 'rule');
        return true;
      case 'duplicate':
        this.depart(nowUs, flight.parcel, 1000, flight.id);
        return true;
      case 'delay':
        this.delay(flight, order.delayUs);
        return true;
    }
  }

  private admit(
    nowUs: number,
    parcel: Parcel,
    treatment: Treatment,
    latencyUs: number,
    lost: boolean,
  ): number {
    if (treatment.dropped || (lost && !treatment.held)) {
      const id = this.announce(parcel);
      this.lose({ id, parcel }, treatment.dropped ? 'rule' : 'loss');
      return id;
    }
    if (treatment.held) {
      const id = this.announce(parcel);
      this.flights.hold({ id, parcel });
      this.emit({ type: 'held', message: id });
      return id;
    }
    const id = this.depart(nowUs, parcel, latencyUs);
    if (treatment.delayUs > 0) {
      this.delay(defined(this.flights.find(id), 'it has departed'), treatment.delayUs);
    }
    return id;
  }

  private depart(nowUs: number, parcel: Parcel, latencyUs: number, copyOf?: number): number {
    assert(latencyUs >= 1000, 'no message arrives in the instant in which it is sent');
    const arrivesUs = nowUs + latencyUs;
    const id = this.announce(parcel, { arrivesUs, copyOf });
    this.flights.add({ id, parcel }, arrivesUs);
    return id;
  }

  private announce(
    parcel: Parcel,
    about?: { readonly arrivesUs: number; readonly copyOf: number | undefined },
  ): number {
    const id = this.nextId++;
    const { from, to, header } = parcel;
    this.emit(
      {
        type: 'sent',
        message: id,
        to,
        header,
        ...(about !== undefined && { arrivesAtMs: about.arrivesUs / 1000 }),
        ...(about?.copyOf !== undefined && { copyOf: about.copyOf }),
      },
      from,
    );
    return id;
  }

  private hold(flight: Flight): void {
    if (this.flights.isHeld(flight)) return;
    this.flights.hold(flight);
    this.emit({ type: 'held', message: flight.id });
  }

  private deliverHeld(nowUs: number, flight: Flight): void {
    this.flights.add(flight, nowUs);
    this.emit({ type: 'released', message: flight.id, arrivesAtMs: nowUs / 1000 });
  }

  /** A held message has no time of arrival yet: there is nothing to delay. */
  private delay(flight: Flight, delayUs: number): void {
    const arrivesUs = this.flights.arrivalOf(flight);
    if (arrivesUs === undefined) return;
    this.flights.add(flight, arrivesUs + delayUs);
    this.emit({ type: 'delayed', message: flight.id, arrivesAtMs: (arrivesUs + delayUs) / 1000 });
  }

  private lose(flight: Flight, reason: DropReason): void {
    const { from, to } = flight.parcel;
    this.emit({ type: 'dropped', message: flight.id, from, to, reason });
  }
}
