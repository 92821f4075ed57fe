import { useState, type ReactNode } from 'react';

import type { MessageDeed } from '#lab/commands.ts';
import { useChronicle, useCommands, useLab, usePicture } from '#ui/lab-context.ts';
import type { Arrow } from '#ui/picture/chronicle.ts';
import type { Flight } from '#ui/picture/flight.ts';
import { spokenName } from '#ui/picture/process-name.ts';
import { formatTime } from '#ui/picture/timeline-scale.ts';
import { operationText } from '#ui/words/operation-text.ts';
import { messageName } from '#ui/words/sentence.ts';

import { Facts } from './facts.tsx';
import { ForgePart } from './forge-part.tsx';

import styles from './inspector.module.css';

interface MessageInspectorProps {
  readonly message: number;
}

/** A message: its fields, who signed it, where it is, and what can be done to it. */
export function MessageInspector({ message }: MessageInspectorProps): ReactNode {
  const arrow = useChronicle().arrowOf(message);
  if (arrow === undefined) {
    return <p className={styles['note']}>This message is not part of the run on show.</p>;
  }
  return (
    <>
      <div className={styles['head']}>
        <h2>{messageName(arrow.header)}</h2>
        <p>message {message}</p>
      </div>
      <div className={styles['panel']}>
        <MessageFacts arrow={arrow} />
        <MessageDeeds arrow={arrow} />
      </div>
    </>
  );
}

function MessageFacts({ arrow }: { readonly arrow: Arrow }): ReactNode {
  const { header, from, to, sentAtMs } = arrow;
  const flight = usePicture().flights.get(arrow.message);
  const optional: readonly (readonly [string, string | number | undefined])[] = [
    ['view', header.view],
    ['sequence', header.sequence],
    ['digest', header.digest === undefined ? undefined : `${header.digest.slice(0, 16)}…`],
    ['client', header.client === undefined ? undefined : `c${header.client}`],
    ['timestamp', header.timestamp],
    ['says', header.text === undefined ? undefined : operationText(header.text)],
  ];
  return (
    <Facts
      facts={[
        ['from', spokenName(from)],
        ['to', spokenName(to)],
        ['signed by', spokenName(header.signer)],
        ...optional.filter(([, value]) => value !== undefined),
        ['sent', formatTime(sentAtMs)],
        [
          'state',
          stateWords(flight === undefined ? arrow : { ...arrow, outcome: outcomeOf(flight) }),
        ],
      ]}
    />
  );
}

function outcomeOf({ state }: Flight): Arrow['outcome'] {
  return state === 'flying' || state === 'held' ? state : 'lost';
}

function stateWords({ outcome, endsAtMs }: Arrow): string {
  switch (outcome) {
    case 'flying':
      return `in the air, arrives at ${formatTime(endsAtMs)}`;
    case 'held':
      return 'held';
    case 'arrived':
      return `delivered at ${formatTime(endsAtMs)}`;
    case 'lost':
      return `lost at ${formatTime(endsAtMs)}`;
  }
}

const deeds: readonly {
  readonly deed: MessageDeed;
  readonly title: string;
  readonly held?: boolean;
}[] = [
  { deed: 'deliver-now', title: 'Deliver now' },
  { deed: 'hold', title: 'Hold', held: false },
  { deed: 'release', title: 'Release', held: true },
  { deed: 'drop', title: 'Drop' },
  { deed: 'duplicate', title: 'Duplicate' },
];

function MessageDeeds({ arrow }: { readonly arrow: Arrow }): ReactNode {
  const commands = useCommands();
  const flight = usePicture().flights.get(arrow.message);
  const live = useLab((state) => state.live);
  const [delayMs, setDelayMs] = useState(20);
  if (flight === undefined || flight.state === 'lost' || !live) {
    return (
      <>
        <p className={styles['note']}>
          {live
            ? 'It has ended its way; nothing can be done to it.'
            : 'What happened cannot be changed.'}
        </p>
        <ForgePart arrow={arrow} inFlight={false} />
      </>
    );
  }
  const isHeld = flight.state === 'held';
  return (
    <div className={styles['buttons']}>
      {deeds
        .filter(({ held }) => held === undefined || held === isHeld)
        .map(({ deed, title }) => (
          <button key={title} onClick={() => void commands.message(arrow.message, deed)}>
            {title}
          </button>
        ))}
      <button onClick={() => void commands.message(arrow.message, { delayMs })}>Delay by</button>
      <label>
        <input
          type="number"
          aria-label="Delay in milliseconds"
          min={1}
          max={10_000}
          value={delayMs}
          onChange={(event) => setDelayMs(Math.max(1, Number(event.target.value)))}
        />{' '}
        ms
      </label>
      <ForgePart arrow={arrow} inFlight />
    </div>
  );
}
