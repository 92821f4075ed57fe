import { Check, Ellipsis, X } from 'lucide-react';
import type { ReactNode } from 'react';

import { useChronicle, useCommands, useLab } from '#ui/lab-context.ts';

import styles from './verdict-badge.module.css';

type Standing = 'yes' | 'no' | 'open';

/** Whether the run is safe (nothing contradicts) and live (what was asked is answered), as far as it has gone. */
export function VerdictBadge(): ReactNode {
  const commands = useCommands();
  const verdict = useLab((state) => state.verdict);
  const { marks, asked, answered } = useChronicle();
  const isBroken = verdict?.safe === false || marks.some(({ kind }) => kind === 'violation');
  const safe: Standing = isBroken ? 'no' : 'yes';
  const live = liveStanding(asked, answered, verdict?.live);
  return (
    <button
      className={styles['badge']}
      data-testid="verdict"
      title={`${titleOf(safe, live)} Click to check every invariant now.`}
      onClick={() => void commands.judge()}
    >
      <StandingMark word={safe === 'yes' ? 'safe' : 'unsafe'} standing={safe} />
      <StandingMark word={live === 'no' ? 'not live' : 'live'} standing={live} />
    </button>
  );
}

function liveStanding(asked: number, answered: number, judged: boolean | undefined): Standing {
  if (asked > 0 && answered >= asked) return 'yes';
  return judged === false ? 'no' : 'open';
}

interface StandingMarkProps {
  readonly word: string;
  readonly standing: Standing;
}

function StandingMark({ word, standing }: StandingMarkProps): ReactNode {
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
    open: 'Something asked for is not answered yet.',
  }[live];
  return `${first} ${second}`;
}
