import { Check, Ellipsis, X } from 'lucide-react';
import type { ReactNode } from 'react';

import { chronicleOf, useLab } from '#ui/lab-context.ts';

import styles from './verdict-badge.module.css';

type Standing = 'yes' | 'no' | 'open';

/** Whether the run is safe (nothing contradicts) and live (what was asked is answered). */
export function VerdictBadge(): ReactNode {
  const verdict = useLab((state) => state.verdict);
  const broken = useLab(
    (state) =>
      state.traceLength > 0 &&
      chronicleOf(state.trace).marks.some(({ kind }) => kind === 'violation'),
  );
  const safe: Standing = broken || verdict?.safe === false ? 'no' : 'yes';
  const live: Standing = verdict === undefined ? 'open' : verdict.live ? 'yes' : 'no';
  return (
    <output className={styles['badge']} data-testid="verdict" title={titleOf(safe, live)}>
      <Standing word={safe === 'yes' ? 'safe' : 'unsafe'} standing={safe} />
      <Standing word={live === 'no' ? 'not live' : 'live'} standing={live} />
    </output>
  );
}

function Standing({
  word,
  standing,
}: {
  readonly word: string;
  readonly standing: Standing;
}): ReactNode {
  const Icon = { yes: Check, no: X, open: Ellipsis }[standing];
  return (
    <span data-standing={standing}>
      <Icon size={15} strokeWidth={2.6} aria-hidden="true" /> {word}
      {standing === 'open' ? <span className="visually-hidden"> not known yet</span> : null}
    </span>
  );
}

function titleOf(safe: Standing, live: Standing): string {
  const first =
    safe === 'no'
      ? 'Correct replicas contradict each other.'
      : 'No correct replicas contradict each other so far.';
  const second = {
    yes: 'Everything asked for is answered.',
    no: 'Something asked for was never answered.',
    open: 'Whether everything is answered shows at the end.',
  }[live];
  return `${first} ${second}`;
}
