import { assert } from '#core/base/assert.ts';
import { written } from '#core/persistent/store/barrier.ts';

import { ambient } from './ambient.ts';
import type { Awaitable } from './awaitable.ts';
import { numberDrawn } from './number-drawn.ts';
import { Sleep } from './timers.ts';

/** Settles `ms` milliseconds from now. The timer is absolute and survives a restart. */
export function sleep(ms: number): Awaitable {
  assert(Number.isFinite(ms) && ms >= 0, `sleep takes a finite time, not ${ms} ms`);
  return new Sleep(ambient('sleep()').nowUs + Math.round(ms * 1000));
}

/** The time of this turn, in milliseconds. */
export function now(): number {
  return ambient('now()').nowUs / 1000;
}

/** The next random number in [0, 1), which after a restart goes on where it was. */
export function random(): number {
  return numberDrawn(ambient('random()').draw());
}

/** Gives an output to the host, which releases it when the state of this turn is durable. */
export function post(output: unknown): void {
  ambient('post()').post(output);
}

/** Says that `o` was, or will be in this turn, changed by code that is not compiled. */
export function touch(o: object): void {
  ambient('touch()');
  written(o);
}
