import type { ReactNode } from 'react';

import { useClusterShape } from '#ui/cluster-shape.ts';
import { DigestTag } from '#ui/digest-tag.tsx';
import { useCommands, useInspections, usePicture } from '#ui/lab-context.ts';
import { countingVotes } from '#ui/picture/process-picture.ts';
import { heldVotes } from '#ui/words/held-votes.ts';
import { slotWaiting } from '#ui/words/slot-waiting.ts';

import styles from './inspector.module.css';

interface SlotInspectorProps {
  readonly sequence: number;
}

/** One sequence number at every replica. */
export function SlotInspector({ sequence }: SlotInspectorProps): ReactNode {
  const picture = usePicture();
  const { replicas, quorums } = useClusterShape();
  const commands = useCommands();
  return (
    <>
      <div className={styles['head']}>
        <h2>Sequence {sequence}</h2>
        <p>at every replica</p>
      </div>
      <div className={styles['panel']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">replica</th>
              <th scope="col">state</th>
              <th scope="col">digest</th>
              <th scope="col">PREPAREs</th>
              <th scope="col">COMMITs</th>
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: replicas }, (_, process) => {
              const slot = picture.processes.get(String(process))?.slots.get(sequence);
              const held = (list: 'prepares' | 'commits'): number =>
                countingVotes(slot?.[list] ?? [], slot?.digest).length;
              return (
                <tr key={process}>
                  <th scope="row">
                    <button
                      data-quiet
                      onClick={() => commands.select({ kind: 'process', process })}
                    >
                      R{process}
                    </button>
                  </th>
                  <td>{slot?.state ?? 'waiting'}</td>
                  <td>{slot?.digest === undefined ? '–' : <DigestTag digest={slot.digest} />}</td>
                  <td>{heldVotes(held('prepares'), quorums.quorum - 1)}</td>
                  <td>{heldVotes(held('commits'), quorums.quorum)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
        <SlotWaiting sequence={sequence} />
      </div>
    </>
  );
}

function SlotWaiting({ sequence }: SlotInspectorProps): ReactNode {
  const picture = usePicture();
  const inspections = useInspections();
  const { replicas } = useClusterShape();
  return (
    <>
      <h3>Why is it waiting?</h3>
      <ul className={styles['list']}>
        {Array.from({ length: replicas }, (_, replica) => (
          <li key={replica}>
            <strong>R{replica}</strong>{' '}
            {slotWaiting(
              picture.processes.get(String(replica)),
              inspections[String(replica)],
              sequence,
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
