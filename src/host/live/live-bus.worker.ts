import { expose } from 'comlink';

import { defined } from '#core/base/assert.ts';
import type { Configuration } from '#core/pbft/configuration.ts';

import type { Endpoint } from './frame.ts';
import { type DeskReport, LiveDesk } from './live-desk.ts';

/** The page's view of the bus and its monitor. */
class LiveBusControl {
  private configuration: Configuration | undefined;
  private desk: LiveDesk | undefined;

  start(configuration: Configuration): void {
    this.configuration = configuration;
    this.desk = new LiveDesk(configuration);
  }

  connect(endpoint: Endpoint, port: MessagePort): void {
    this.opened().connect(endpoint, port);
  }

  disconnect(endpoint: Endpoint): void {
    this.opened().disconnect(endpoint);
  }

  pause(replica: number): void {
    this.opened().pause(replica);
  }

  resume(replica: number): void {
    this.opened().resume(replica);
  }

  partition(groups: readonly (readonly number[])[]): void {
    this.opened().partition(groups);
  }

  distrust(replica: number): void {
    this.opened().distrust(replica);
  }

  report(): DeskReport {
    const { n } = defined(this.configuration, 'the bus is started first');
    return this.opened().report(n);
  }

  private opened(): LiveDesk {
    return defined(this.desk, 'the bus is started first');
  }
}

/** What this worker answers on its control port. */
export type { LiveBusControl };

expose(new LiveBusControl());
