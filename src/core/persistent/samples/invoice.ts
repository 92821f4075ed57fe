'use persistent';

import { outbox, sleep } from '#core/persistent/index.ts';

/** What somebody has bought, and what for. */
interface Item {
  readonly name: string;
  readonly price: number;
}

/** Sends an invoice when the basket has rested for a second. It forgot that a basket can be empty. */
export class Invoice {
  readonly items: Item[] = [];

  async send(customer: string): Promise<void> {
    await sleep(1000);
    outbox.send(customer, `your most precious item is ${this.dearest().name}`);
  }

  dearest(): Item {
    const [first, ...others] = this.items;
    if (first === undefined) throw new RangeError('the basket is empty');
    return others.reduce((dearest, item) => (item.price > dearest.price ? item : dearest), first);
  }
}
