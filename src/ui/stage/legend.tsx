import type { ReactNode } from 'react';

import { useChronicle } from '#ui/lab-context.ts';
import { glyphPath, letters, messageKinds, phaseKinds } from '#ui/picture/message-style.ts';

import styles from './legend.module.css';

/** What the letters and colours of messages mean: the phases of a request, and what else was sent. */
export function Legend(): ReactNode {
  const { kinds } = useChronicle();
  const shownKinds = messageKinds.filter((kind) => phaseKinds.includes(kind) || kinds.has(kind));
  return (
    <ul className={styles['legend']} aria-label="Kinds of messages">
      {shownKinds.map((kind) => (
        <li key={kind} data-kind={kind} data-minor={!phaseKinds.includes(kind)}>
          <svg width="28" height="19" viewBox="-14 -9.5 28 19" aria-hidden="true">
            <path d={glyphPath(kind)} />
            <text dy="0.36em">{letters[kind]}</text>
          </svg>
          <span data-picture-text>{kind}</span>
        </li>
      ))}
    </ul>
  );
}
