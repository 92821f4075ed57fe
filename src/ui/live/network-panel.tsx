import { useState, type ReactNode } from 'react';

import { quorumsOf } from '#core/pbft/quorum.ts';

import { useLive, useLiveCommands } from './live-context.ts';

import styles from './network-panel.module.css';

/** Divides the network in two while the load goes on, and heals it. */
export function NetworkPanel(): ReactNode {
  const n = useLive((state) => state.options?.n ?? 0);
  const isOn = useLive((state) => state.phase === 'running');
  const groups = useLive((state) => state.groups);
  const { partition, heal } = useLiveCommands();
  const [chosen, setChosen] = useState<readonly number[]>([0]);
  if (n === 0) return null;
  const all = Array.from({ length: n }, (_, replica) => replica);
  const side = all.filter((replica) => chosen.includes(replica));
  const rest = all.filter((replica) => !chosen.includes(replica));
  return (
    <section className={styles['network']} aria-label="Network">
      <h2>Network</h2>
      <fieldset aria-label="Who is cut off">
        {all.map((replica) => (
          <label key={replica}>
            <input
              type="checkbox"
              checked={chosen.includes(replica)}
              onChange={({ target }) =>
                setChosen(
                  target.checked
                    ? [...chosen, replica]
                    : chosen.filter((other) => other !== replica),
                )
              }
            />{' '}
            R{replica}
          </label>
        ))}
      </fieldset>
      <p>{groups === undefined ? sidesWords(side, rest, n) : 'The network is divided.'}</p>
      <div className={styles['ends']}>
        <button
          disabled={!isOn || side.length === 0 || rest.length === 0}
          onClick={() => void partition([side, rest])}
        >
          Cut off
        </button>
        <button disabled={!isOn || groups === undefined} onClick={() => void heal()}>
          Heal
        </button>
      </div>
    </section>
  );
}

function sidesWords(side: readonly number[], rest: readonly number[], n: number): string {
  const { quorum } = quorumsOf(n);
  if (side.length === 0 || rest.length === 0) return 'Choose who is cut off from the others.';
  return Math.max(side.length, rest.length) >= quorum
    ? `The larger side has a quorum of ${quorum} and goes on.`
    : `Neither side has a quorum of ${quorum}: nothing is decided until it heals.`;
}
