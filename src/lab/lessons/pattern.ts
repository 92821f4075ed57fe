import type { TraceEvent } from '#core/network/trace-event.ts';

import type { Pattern } from './lesson.ts';

/** Whether an event is one of those that a pattern speaks of. What a crash undid did not happen. */
export function fits(pattern: Pattern, event: TraceEvent): boolean {
  if (event.lost === true) return false;
  const fields = new Map<string, unknown>([
    ...('header' in event ? Object.entries(event.header) : []),
    ...Object.entries(event),
  ]);
  return Object.entries(pattern).every(([field, value]) => fields.get(field) === value);
}
