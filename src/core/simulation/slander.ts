import type { TraceEvent } from '#core/network/trace-event.ts';

import { Oracle } from './checkers/oracle.ts';
import { configurationOf } from './configuration.ts';
import type { Scenario } from './scenario.ts';

/** The correct replicas that signatures would prove faulty: nobody but the program is to blame for that. */
export function slandered(scenario: Scenario, trace: readonly TraceEvent[]): readonly number[] {
  const oracle = new Oracle(configurationOf(scenario), []);
  const faulty = new Set<unknown>();
  for (const event of trace) {
    oracle.observe(event);
    const { process, type } = event;
    if (type === 'byzantine' || (type === 'restarted' && event.disk !== 'kept')) {
      faulty.add(process);
    }
  }
  return oracle.culprits.filter((culprit) => !faulty.has(culprit));
}
