import { useMemo, type ReactNode } from 'react';

import type { TraceEvent } from '#core/network/trace-event.ts';
import type { Verdict } from '#core/simulation/scenario.ts';
import { useCommands, useLab } from '#ui/lab-context.ts';
import { pathTo } from '#ui/picture/causal-path.ts';
import { formatTime } from '#ui/picture/timeline-scale.ts';
import { invariantWords } from '#ui/words/invariant-words.ts';
import { sentence } from '#ui/words/sentence.ts';

import styles from './inspector.module.css';
import panel from './verdict-panel.module.css';

/** What the checkers found: every invariant with its state in words, and the way to each violation. */
export function VerdictPanel(): ReactNode {
  const verdict = useLab((state) => state.verdict);
  if (verdict === undefined) {
    return <p className={styles['note']}>Press the verdict above to check every invariant now.</p>;
  }
  const broken = new Set(verdict.violations.map(({ invariant }) => invariant));
  return (
    <div data-testid="verdict-panel">
      {verdict.violations.map((violation) => (
        <Violation key={`${violation.invariant} ${violation.atMs}`} violation={violation} />
      ))}
      <Proofs />
      <details>
        <summary>
          {invariantWords.size - broken.size} of {invariantWords.size} invariants hold up to{' '}
          {formatTime(verdict.endedAtMs)}
        </summary>
        <ul className={panel['invariants']}>
          {[...invariantWords].map(([name, words]) => (
            <li key={name} data-broken={broken.has(name)}>
              <strong>{broken.has(name) ? '✕' : '✓'}</strong> {words}
              <small>{name.replaceAll('-', ' ')}</small>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

interface ViolationProps {
  readonly violation: Verdict['violations'][number];
}

function Violation({
  violation: { invariant, says, evidence, culprits },
}: ViolationProps): ReactNode {
  const trace = useLab((state) => state.trace);
  const length = useLab((state) => state.traceLength);
  const path = useMemo(
    () => (length === 0 ? [] : pathTo(trace, evidence, culprits)),
    [trace, length, evidence, culprits],
  );
  return (
    <>
      <p className={panel['violation']}>
        {says.charAt(0).toUpperCase() + says.slice(1)}.
        <small>
          {culprits.length === 0
            ? 'No signatures convict anybody.'
            : `Their own signatures convict ${culprits.map((culprit) => `R${culprit}`).join(' and ')}.`}
        </small>
      </p>
      <details open={invariant === 'agreement'}>
        <summary>How it came to this, {path.length} events</summary>
        <Path events={path} />
      </details>
    </>
  );
}

/** The two contradicting signatures that convict a replica, as correct ones found them. */
function Proofs(): ReactNode {
  const trace = useLab((state) => state.trace);
  const proofs = trace.filter((event) => event.type === 'evidence' && event.lost !== true);
  if (proofs.length === 0) return null;
  return (
    <details>
      <summary>Conflicting signatures, found {proofs.length} times</summary>
      <Path events={proofs} />
    </details>
  );
}

function Path({ events }: { readonly events: readonly TraceEvent[] }): ReactNode {
  const commands = useCommands();
  return (
    <ol className={styles['list']}>
      {events.map((event) => (
        <li key={event.id}>
          <button
            data-quiet
            className={panel['step']}
            onClick={() => {
              commands.seek(event.atMs);
              commands.select({ kind: 'event', event: event.id });
            }}
          >
            <time>{formatTime(event.atMs)}</time> {sentence(event)}
          </button>
        </li>
      ))}
    </ol>
  );
}
