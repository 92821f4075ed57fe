import type { ReactNode } from 'react';

import { useLive } from './live-context.ts';

import styles from './panels.module.css';

const none: readonly string[] = [];

/** What is checked while it runs, and what has been found. */
export function Checks(): ReactNode {
  const violations = useLive((state) => state.samples.at(-1)?.violations ?? none);
  const hasRun = useLive((state) => state.options !== undefined);
  if (!hasRun) return null;
  return (
    <section className={styles['panel']} aria-label="Checks" data-testid="live-checks">
      <h2>Checked while it runs</h2>
      {violations.length === 0 ? (
        <ul className={styles['checks']}>
          <li>agreement: one batch for each sequence number</li>
          <li>each operation is executed once, in one order</li>
          <li>no correct replica contradicts itself</li>
        </ul>
      ) : (
        <ul className={styles['violations']}>
          {violations.map((violation) => (
            <li key={violation}>{violation}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
