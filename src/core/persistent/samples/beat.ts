'use persistent';

import { post, sleep } from '#core/persistent/index.ts';

/** Says every second that it lives. */
export async function beat(): Promise<void> {
  while (true) {
    await sleep(1000);
    post('alive');
  }
}
