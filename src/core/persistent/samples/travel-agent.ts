'use persistent';

import { type Awaitable, external, outbox } from '#core/persistent/index.ts';

/**
 * A saga: every step is done by another company, which may refuse. Then what was done before is
 * undone, the last step first, and each exactly once, however often the process dies.
 */
export class TravelAgent {
  readonly customer: string;

  constructor(customer: string) {
    this.customer = customer;
  }

  async book(amount: number): Promise<void> {
    const compensations: (() => Awaitable<unknown>)[] = [];
    try {
      const reservation = await external<string>('reserve funds', this.customer, amount);
      compensations.push(() => external('cancel reservation', reservation));
      const flight = await external<string>('book flight', this.customer);
      compensations.push(() => external('cancel flight', flight));
      const hotel = await external<string>('book hotel', this.customer);
      compensations.push(() => external('cancel hotel', hotel));
      await external('deduct funds', reservation);
      outbox.send(this.customer, `booked: ${flight} and ${hotel}`);
    } catch (error) {
      for (const compensate of compensations.toReversed()) await compensate();
      outbox.send(this.customer, `not booked: ${String(error)}`);
    }
  }
}
