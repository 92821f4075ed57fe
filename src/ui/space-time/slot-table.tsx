import type { ReactNode } from 'react';

import { useClusterShape } from '#ui/cluster-shape.ts';
import { useCommands, useInspections, useLab, usePicture } from '#ui/lab-context.ts';
import type { ProcessPicture, SlotState } from '#ui/picture/process-picture.ts';
import { slotWaiting } from '#ui/words/slot-waiting.ts';

import styles from './slot-table.module.css';

const marks: Readonly<Record<SlotState, string>> = {
  waiting: '',
  'pre-prepared': 'PP',
  prepared: 'P',
  committed: 'C',
  executed: '✓',
};

const columnsMax = 22;

/** Sequence numbers against replicas: how far each slot is at each replica. */
export function SlotTable(): ReactNode {
  const picture = usePicture();
  const { replicas } = useClusterShape();
  const inspections = useInspections();
  const commands = useCommands();
  const selection = useLab((state) => state.selection);
  const rows = Array.from({ length: replicas }, (_, i) => picture.processes.get(String(i)));
  const last = Math.max(8, ...rows.flatMap((row) => [...(row?.slots.keys() ?? [])]));
  const first = Math.max(1, last - columnsMax + 1);
  const sequences = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return (
    <div className={styles['frame']}>
      <table className={styles['table']}>
        <caption className="visually-hidden">Slots: sequence numbers by replicas</caption>
        <thead>
          <tr>
            <th scope="col">n</th>
            {sequences.map((sequence) => (
              <th key={sequence} scope="col">
                <button
                  data-quiet
                  aria-pressed={selection?.kind === 'slot' && selection.sequence === sequence}
                  onClick={() => commands.select({ kind: 'slot', sequence })}
                >
                  {sequence}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, replica) => (
            <tr key={replica}>
              <th scope="row">R{replica}</th>
              {sequences.map((sequence) => (
                <Cell
                  key={sequence}
                  process={row}
                  sequence={sequence}
                  waiting={slotWaiting(row, inspections[String(replica)], sequence)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  readonly process: ProcessPicture | undefined;
  readonly sequence: number;
  /** Why it does not go on here, in words. */
  readonly waiting: string;
}

function Cell({ process, sequence, waiting }: CellProps): ReactNode {
  const state = stateAt(process, sequence);
  const stable = process !== undefined && sequence <= process.stable;
  return (
    <td
      data-state={state}
      data-stable={stable}
      title={`${state === 'executed' ? state : `${state}: ${waiting}`}${stable ? ', below the stable checkpoint' : ''}`}
    >
      {marks[state]}
    </td>
  );
}

function stateAt(process: ProcessPicture | undefined, sequence: number): SlotState {
  if (process === undefined) return 'waiting';
  if (sequence <= process.executed) return 'executed';
  return process.slots.get(sequence)?.state ?? 'waiting';
}
