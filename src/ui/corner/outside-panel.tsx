import { Building2, Mail } from 'lucide-react';
import type { ReactNode } from 'react';

import type { OutsideEntry } from '#core/persistent/samples/outside-world.ts';

import { useCorner } from './corner-context.ts';

import styles from './outside-panel.module.css';

/** What has left the worker, once for each number or id: people and companies outlive it. */
export function OutsidePanel(): ReactNode {
  const outside = useCorner((state) => state.outside);
  return (
    <section className={styles['outside']} aria-label="Outside" data-testid="corner-outside">
      <h2>
        Outside <span>what has left; what comes again is known by its number</span>
      </h2>
      {outside.length === 0 ? <p>Nothing has left the worker yet.</p> : null}
      <ol aria-label="What has left the worker" {...scrollable}>
        {outside.map((entry) => (
          <Entry
            key={entry.type === 'letter' ? `letter-${entry.number}` : entryKey(entry)}
            entry={entry}
          />
        ))}
      </ol>
    </section>
  );
}

/** What scrolls can be reached by the keyboard. */
const scrollable = { tabIndex: 0 } as const;

function entryKey({ id, dueUs }: Extract<OutsideEntry, { type: 'deed' }>): string {
  return `${id}-${dueUs}`;
}

function Entry({ entry }: { readonly entry: OutsideEntry }): ReactNode {
  const isLetter = entry.type === 'letter';
  const Icon = isLetter ? Mail : Building2;
  return (
    <li data-testid="corner-entry" data-refused={!isLetter && entry.refused ? true : undefined}>
      <Icon size={14} aria-hidden="true" />
      <span>{isLetter ? `letter ${entry.number}` : entry.id}</span>
      {isLetter ? (
        <p>
          {entry.text} <small>to {entry.to}</small>
        </p>
      ) : (
        <p>
          {entry.name} <small>({entry.parameters.join(', ')})</small>
          {entry.refused ? <em> refused</em> : null}
        </p>
      )}
      {entry.times > 1 ? <b>came {entry.times} times, counted once</b> : null}
    </li>
  );
}
