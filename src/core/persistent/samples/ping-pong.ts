'use persistent';

import { outbox, sleep, type Source } from '#core/persistent/index.ts';

/** Waits a second, says PING, waits for a PONG, and begins anew. */
export class Pinger {
  readonly messages: Source<string>;
  count = 0;

  constructor(messages: Source<string>) {
    this.messages = messages;
  }

  async start(rounds: number): Promise<void> {
    while (this.count < rounds) {
      await sleep(1000);
      this.messages.emit(`PING ${this.count++}`);
      const message = await this.messages.where((m) => m.startsWith('PONG')).next();
      outbox.send('console', `PINGER: ${message}`);
    }
  }
}

/** Waits for a PING, and a second later says PONG. */
export class Ponger {
  readonly messages: Source<string>;
  count = 0;

  constructor(messages: Source<string>) {
    this.messages = messages;
  }

  async start(): Promise<void> {
    while (true) {
      const message = await this.messages.where((m) => m.startsWith('PING')).next();
      outbox.send('console', `PONGER: ${message}`);
      await sleep(1000);
      this.messages.emit(`PONG ${this.count++}`);
    }
  }
}
