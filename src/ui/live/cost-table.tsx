import type { ReactNode } from 'react';

import { ratesOver } from '#lab/live/live-history.ts';
import type { LiveTotals } from '#lab/live/live-state.ts';
import { pathCounts, type PathCounts } from '#lab/live/path-counts.ts';

import { useLive } from './live-context.ts';
import { amountText, bytesText } from './live-words.ts';

import styles from './panels.module.css';

const overMs = 5000;

const rows: readonly {
  readonly words: string;
  readonly name: keyof LiveTotals;
  readonly count?: keyof PathCounts;
}[] = [
  { words: 'messages', name: 'messages', count: 'messages' },
  { words: 'signatures', name: 'signatures', count: 'signatures' },
  { words: 'verifications', name: 'verifications', count: 'verifications' },
  { words: 'commits', name: 'commits', count: 'commits' },
  { words: 'bytes sent', name: 'bytes' },
  { words: 'bytes stored', name: 'commitBytes' },
];

/** What one operation costs, measured, beside what the path without faults takes on paper. */
export function CostTable(): ReactNode {
  const samples = useLive((state) => state.samples);
  const options = useLive((state) => state.options);
  const rates = ratesOver(samples, overMs);
  const measured = rates?.perOperation;
  if (options === undefined) return null;
  const { n, batchMax, checkpointInterval = 64 } = options;
  const countsOf = (batch: number): PathCounts => pathCounts({ n, batch, checkpointInterval });
  const full = countsOf(batchMax);
  const mean = rates?.batch === undefined ? undefined : countsOf(rates.batch);
  return (
    <section className={styles['panel']} aria-label="Cost of an operation">
      <h2>Per operation</h2>
      <table className={styles['costs']} data-testid="live-costs">
        <thead>
          <tr>
            <th scope="col">last 5 s</th>
            <th scope="col">measured</th>
            <th scope="col">
              b = {rates?.batch === undefined ? '–' : amountText(rates.batch)}
              <small>as served</small>
            </th>
            <th scope="col">
              b = {batchMax}
              <small>full batch</small>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ words, name, count }) => (
            <tr key={name}>
              <th scope="row">{words}</th>
              <td>{measured === undefined ? '–' : costText(name, measured[name])}</td>
              <td>{count === undefined || mean === undefined ? '–' : amountText(mean[count])}</td>
              <td>{count === undefined ? '–' : amountText(full[count])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        The two columns on the right are the counts of the path without faults: 2n(n−1) messages
        between replicas for a batch, a request and n replies for each operation, and checkpoints.
        Commits in a group are fewer; STATUS and what is repeated come on top.
      </p>
    </section>
  );
}

function costText(name: keyof LiveTotals, value: number): string {
  return name === 'bytes' || name === 'commitBytes' ? bytesText(value) : amountText(value);
}
