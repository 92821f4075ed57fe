'use persistent';

import { any, now, outbox, sleep, type Source } from '#core/persistent/index.ts';

/** Beats every second, so many times. */
export async function beat(heart: Source<number>, times: number): Promise<void> {
  for (let i = 1; i <= times; i++) {
    await sleep(1000);
    heart.emit(i);
  }
}

/** Tells when a heart has been silent for too long. */
export async function watch(heart: Source<number>, patienceMs: number): Promise<void> {
  const beats = heart.queue();
  while (true) {
    const { tag, value } = await any({ beat: beats.next(), silence: sleep(patienceMs) });
    if (tag === 'silence') break;
    outbox.send('monitor', `beat ${value} at ${now()} ms`);
  }
  beats.dispose();
  outbox.send('monitor', `silent since ${now() - patienceMs} ms`);
}
