'use persistent';
import { all, any, Condition, now, post, sleep } from 'persistent';

class Tally {
  total = 0;
  readonly changed = new Condition();

  add(n: number): void {
    this.total += n;
    this.changed.notify();
  }

  async reaches(n: number): Promise<void> {
    while (this.total < n) await this.changed.changed();
  }
}

async function after<T>(ms: number, value: T): Promise<T> {
  await sleep(ms);
  return value;
}

/** A bit of everything the runtime has. */
export async function main(): Promise<unknown> {
  const tally = new Tally();
  void feed(tally);
  post(await after(5, 'slow'));
  const won = await any({ quick: after(1, 'quick'), late: sleep(1000) });
  post(`first: ${won.tag}`);
  post(await all([after(3, 1), after(1, 2), after(2, 3)]));
  await tally.reaches(13);
  post('woken');
  const late: (() => string)[] = [];
  try {
    for (let step = 0; step < 2; step++) {
      late.push(() => `kept ${step}`);
      await sleep(step + 1);
      post({ step });
    }
  } finally {
    await sleep(1);
    post('tidied');
  }
  await sleep(60 - now());
  return { total: tally.total, late: late.map((f) => f()), when: now() };
}

async function feed(tally: Tally): Promise<void> {
  for (const n of [1, 4, 8]) {
    await sleep(10);
    tally.add(n);
  }
}
