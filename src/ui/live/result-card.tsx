import type { ReactNode } from 'react';

import type { LiveResult } from '#lab/live/live-state.ts';

import { useLive } from './live-context.ts';
import { amountText, msText } from './live-words.ts';

import styles from './panels.module.css';

/** What a run has come to: a sound one has lost, contradicted and forked nothing. */
export function ResultCard(): ReactNode {
  const result = useLive((state) => state.result);
  if (result === undefined) return null;
  const { acknowledged, durationMs } = result;
  const sound = isSound(result);
  const faults = Object.entries(result.faults).filter(([, count]) => count > 0);
  return (
    <section
      className={styles['result']}
      aria-label="Result"
      data-testid="live-result"
      data-sound={sound}
    >
      <h2>{sound ? 'Ended, and all is well' : 'Ended, and something is wrong'}</h2>
      <p>
        <strong>{amountText(acknowledged)}</strong> operations in {msText(durationMs)}:{' '}
        {amountText((acknowledged * 1000) / durationMs)} a second.
      </p>
      <dl>
        <Figure words="acknowledged and lost" value={result.lost} />
        <Figure words="executed twice" value={result.executedTwice} />
        <Figure words="contradictions" value={result.contradictions} />
        <Figure words="unequal states" value={result.unequalStates} />
      </dl>
      <p>{stateWords(result)}</p>
      {faults.length === 0 ? null : (
        <p>Faults: {faults.map(([kind, count]) => `${count} ${kind}`).join(', ')}.</p>
      )}
      {result.violations.map((violation) => (
        <p key={violation} className={styles['wrong']}>
          {violation}
        </p>
      ))}
    </section>
  );
}

function Figure({ words, value }: { readonly words: string; readonly value: number }): ReactNode {
  return (
    <div>
      <dt>{words}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function stateWords({ stateDigests }: LiveResult): string {
  const digests = Object.values(stateDigests);
  const [first = ''] = digests;
  return new Set(digests).size === 1
    ? `All ${digests.length} states are equal: ${first.slice(0, 12)}…`
    : `${digests.length} replicas, ${new Set(digests).size} different states.`;
}

function isSound(result: LiveResult): boolean {
  const { lost, contradictions, unequalStates, executedTwice, violations } = result;
  return lost + contradictions + unequalStates + executedTwice + violations.length === 0;
}
