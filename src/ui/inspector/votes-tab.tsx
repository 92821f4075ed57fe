import { useMemo, useState, type ReactNode } from 'react';

import type { ReplicaInspection, SlotInspection } from '#core/replica/inspection.ts';
import { useClusterShape } from '#ui/cluster-shape.ts';
import { useCalmEventsNow, useLab } from '#ui/lab-context.ts';
import { matrixSlots, type MatrixSlot } from '#ui/picture/vote-matrix.ts';
import { operationText } from '#ui/words/operation-text.ts';

import { QuorumIntersection } from './quorum-intersection.tsx';
import { VoteMatrix } from './vote-matrix.tsx';

import styles from './inspector.module.css';
import matrix from './vote-matrix.module.css';

interface VotesTabProps {
  readonly inspection: ReplicaInspection;
}

/** The signed votes that the replica holds for a slot, how many it needs, and what any two certificates share. */
export function VotesTab({ inspection }: VotesTabProps): ReactNode {
  const { id, slots: held } = inspection;
  const { replicas } = useClusterShape();
  const trace = useLab((state) => state.trace);
  const events = useCalmEventsNow();
  const told = useMemo(() => trace.slice(0, events), [trace, events]);
  const slots = useMemo(() => matrixSlots(held, told, id, replicas), [held, told, id, replicas]);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const slot = slots.find((known) => keyOf(known) === chosen) ?? inWork(slots);
  if (slot === undefined) return <p className={styles['note']}>It holds no votes yet.</p>;
  const operations =
    held.find(({ view, sequence }) => view === slot.view && sequence === slot.sequence)
      ?.operations ?? [];
  return (
    <>
      <label className={matrix['chooser']}>
        slot
        <select value={keyOf(slot)} onChange={(event) => setChosen(event.target.value)}>
          {slots.map((each) => (
            <option key={keyOf(each)} value={keyOf(each)}>
              n = {each.sequence}, view {each.view} · {each.state}
            </option>
          ))}
        </select>
      </label>
      <VoteMatrix slot={slot} />
      <Operations operations={operations} />
      <QuorumIntersection key={slot.sequence} told={told} sequence={slot.sequence} />
    </>
  );
}

function keyOf({ view, sequence }: MatrixSlot): string {
  return `${view} ${sequence}`;
}

/** The lowest place that is not executed yet, else the last one. */
function inWork(slots: readonly MatrixSlot[]): MatrixSlot | undefined {
  const current = slots.filter(({ state }) => state !== 'left behind');
  return current.find(({ state }) => state !== 'executed') ?? current.at(-1);
}

function Operations({
  operations,
}: {
  readonly operations: SlotInspection['operations'];
}): ReactNode {
  if (operations.length === 0) return null;
  return (
    <p className={matrix['note']}>
      Batch:{' '}
      {operations.map(({ client, timestamp, operation }) => (
        <span key={`${client} ${timestamp}`}>
          <code>{operationText(operation)}</code> from c{client}, timestamp {timestamp}{' '}
        </span>
      ))}
    </p>
  );
}
