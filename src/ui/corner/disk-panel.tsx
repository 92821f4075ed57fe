import type { ReactNode } from 'react';

import type { ObjectChange } from '#core/persistent/index.ts';

import { useCorner, useDiskEngine } from './corner-context.ts';
import { bytesText, countText, objectName, shortName } from './corner-words.ts';

import styles from './disk-panel.module.css';

/** What the disk has: its records, and every object they lead to; what the last record changed is marked. */
export function DiskPanel(): ReactNode {
  const durable = useCorner((state) => state.durable);
  const changed = useCorner((state) => state.changed);
  const engine = useDiskEngine();
  const records = durable?.records ?? [];
  const total = records.reduce((sum, bytes) => sum + bytes, 0);
  const objects = durable?.objects ?? [];
  return (
    <section className={styles['disk']} aria-label="Disk" data-testid="corner-disk">
      <h2>
        Disk{' '}
        <span>
          {engine}, {countText(records.length, 'record')}, {bytesText(total)}
        </span>
      </h2>
      <RecordBars records={records} />
      <p className={styles['legend']}>
        {countText(objects.length, 'object')}
        {changed.size > 0 ? (
          <>
            ; the last record wrote <mark>{changed.size} of them</mark> in{' '}
            {bytesText(records.at(-1) ?? 0)}
          </>
        ) : null}
      </p>
      <ul aria-label="Objects on the disk" {...scrollable}>
        {changedFirst(objects, changed).map((object) => (
          <StoredObject key={object.id} object={object} changed={changed.get(object.id)} />
        ))}
      </ul>
    </section>
  );
}

/** What scrolls can be reached by the keyboard. */
const scrollable = { tabIndex: 0 } as const;

const shownMax = 60;
const height = 26;

/** A bar for each of the last records, as high as it is long. */
function RecordBars({ records }: { readonly records: readonly number[] }): ReactNode {
  const shown = records.slice(-shownMax);
  const most = Math.max(1, ...shown);
  const first = records.length - shown.length;
  return (
    <svg
      className={styles['bars']}
      aria-hidden="true"
      viewBox={`0 0 ${shownMax * 6} ${height}`}
      preserveAspectRatio="xMinYMax meet"
    >
      {shown.map((bytes, i) => {
        const high = Math.max(2, (bytes / most) * height);
        return (
          <rect
            key={first + i}
            x={i * 6}
            y={height - high}
            width={4}
            height={high}
            data-last={i === shown.length - 1 ? true : undefined}
          />
        );
      })}
    </svg>
  );
}

interface StoredObjectProps {
  readonly object: ObjectChange;
  /** Its fields that the last record changed; undefined: it is not in it. */
  readonly changed: readonly string[] | undefined;
}

function StoredObject({ object, changed }: StoredObjectProps): ReactNode {
  return (
    <li data-written={changed === undefined ? undefined : true} data-kind-of={object.kind}>
      <span className={styles['id']}>#{object.id}</span>
      <div>
        <strong>{objectName(object)}</strong>
        {Object.entries(object.fields).map(([name, value]) => (
          <code key={name}>
            {changed?.includes(name) ? (
              <mark>{fieldText(name, value)}</mark>
            ) : (
              fieldText(name, value)
            )}
          </code>
        ))}
      </div>
    </li>
  );
}

/** Paths before the name of a class or function say nothing here. */
function fieldText(name: string, value: string): string {
  const frame = / suspended at .* (#\d+)$/.exec(value);
  if (frame !== null) return `${name}: ${shortName(value.slice(0, frame.index))} ${frame[1]}`;
  const object = /^[^"]*#(?<what>\S+ #\d+)$/.exec(value);
  return `${name}: ${object?.groups?.['what'] ?? value}`;
}

function changedFirst(
  objects: readonly ObjectChange[],
  changed: ReadonlyMap<number, readonly string[]>,
): readonly ObjectChange[] {
  const rank = ({ id }: ObjectChange): number => (changed.has(id) ? 0 : 1);
  return [...objects].sort((a, b) => rank(a) - rank(b) || a.id - b.id);
}
