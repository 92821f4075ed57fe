import type { TraceEvent } from '#core/network/trace-event.ts';

import type { Option, Prediction } from './lesson.ts';
import { fits } from './pattern.ts';

/**
 * Which options came true, given what happened between the question and the next beat. In every lesson it is
 * exactly one: the run decides, nothing is written down.
 */
export function rightOptions(
  { options }: Prediction,
  happened: readonly TraceEvent[],
): readonly Option[] {
  const came = options.filter((option) => cameTrue(option, happened));
  return came.length > 0 ? came : options.filter(({ right }) => right === 'otherwise');
}

function cameTrue({ right }: Option, happened: readonly TraceEvent[]): boolean {
  if (right === 'otherwise') return false;
  if ('happens' in right) return happened.some((event) => fits(right.happens, event));
  return happened.filter((event) => fits(right.of, event)).length === right.times;
}
