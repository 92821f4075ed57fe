import type { ReactNode } from 'react';

import { glyphPath, letters, messageKinds, phaseKinds } from '#ui/picture/message-style.ts';

import styles from './legend.module.css';

const shownKinds = messageKinds.filter((kind) => kind !== 'undecodable');

/** What the letters and colours of messages mean. */
export function Legend(): ReactNode {
  return (
    <ul className={styles['legend']} aria-label="Kinds of messages">
      {shownKinds.map((kind) => (
        <li key={kind} data-kind={kind} data-minor={!phaseKinds.includes(kind)}>
          <svg width="28" height="19" viewBox="-14 -9.5 28 19" aria-hidden="true">
            <path d={glyphPath(kind)} />
            <text dy="0.36em">{letters[kind]}</text>
          </svg>
          {kind}
        </li>
      ))}
    </ul>
  );
}
