import { useState, type ReactNode } from 'react';

import type { ReplicaInspection, SlotInspection } from '#core/replica/inspection.ts';
import { useClusterShape } from '#ui/cluster-shape.ts';
import { letters } from '#ui/picture/message-style.ts';
import { operationText } from '#ui/words/operation-text.ts';
import { shortDigest } from '#ui/words/sentence.ts';

import { VoteRow, type VoteMark } from './vote-row.tsx';

import styles from './inspector.module.css';
import matrix from './vote-matrix.module.css';

interface VotesTabProps {
  readonly inspection: ReplicaInspection;
}

/** The signed votes that the replica holds for a slot, and how many it needs. */
export function VotesTab({ inspection }: VotesTabProps): ReactNode {
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const { slots } = inspection;
  const slot =
    slots.find(({ sequence }) => sequence === chosen) ??
    slots.find(({ state }) => state !== 'executed') ??
    slots.at(-1);
  if (slot === undefined) return <p className={styles['note']}>It holds no votes yet.</p>;
  return (
    <>
      <label className={matrix['chooser']}>
        sequence
        <select value={slot.sequence} onChange={(event) => setChosen(Number(event.target.value))}>
          {slots.map(({ view, sequence, state }) => (
            <option key={`${view} ${sequence}`} value={sequence}>
              {sequence} · {state}
            </option>
          ))}
        </select>
        <span>view {slot.view}</span>
        {slot.digest === undefined ? null : <code>{shortDigest(slot.digest)}</code>}
      </label>
      <VoteMatrix slot={slot} primary={inspection.primary} />
      <Operations slot={slot} />
      <Certificates slot={slot} />
    </>
  );
}

interface VoteMatrixProps {
  readonly slot: SlotInspection;
  readonly primary: number;
}

function VoteMatrix({ slot, primary }: VoteMatrixProps): ReactNode {
  const { replicas, quorums } = useClusterShape();
  const proposal: ReadonlyMap<number, VoteMark> =
    slot.prePrepare === undefined
      ? new Map()
      : new Map([
          [
            slot.prePrepare.signer,
            { letter: letters['pre-prepare'], digest: slot.digest ?? '', counts: true },
          ],
        ]);
  return (
    <table className={matrix['matrix']} data-dense={replicas > 7}>
      <thead>
        <tr>
          <th scope="col">vote</th>
          {Array.from({ length: replicas }, (_, i) => (
            <th key={i} scope="col">
              R{i}
            </th>
          ))}
          <th scope="col">held</th>
        </tr>
      </thead>
      <tbody>
        <VoteRow
          kind="pre-prepare"
          replicas={replicas}
          marks={proposal}
          silent={(signer) => signer !== primary}
          total="the proposal"
        />
        <VoteRow
          kind="prepare"
          replicas={replicas}
          marks={marksOf(slot.prepares, letters.prepare)}
          silent={(signer) => signer === primary}
          total={`${countOf(slot.prepares)} of Q−1 = ${quorums.quorum - 1}`}
        />
        <VoteRow
          kind="commit"
          replicas={replicas}
          marks={marksOf(slot.commits, letters.commit)}
          total={`${countOf(slot.commits)} of Q = ${quorums.quorum}`}
        />
      </tbody>
    </table>
  );
}

function marksOf(votes: SlotInspection['prepares'], letter: string): ReadonlyMap<number, VoteMark> {
  return new Map(votes.map(({ signer, digest, counts }) => [signer, { letter, digest, counts }]));
}

function countOf(votes: SlotInspection['prepares']): number {
  return votes.filter(({ counts }) => counts).length;
}

function Operations({ slot }: { readonly slot: SlotInspection }): ReactNode {
  if (slot.operations.length === 0) return null;
  return (
    <>
      <h3>Batch</h3>
      <ul className={styles['list']}>
        {slot.operations.map(({ client, timestamp, operation }) => (
          <li key={`${client} ${timestamp}`}>
            <code>{operationText(operation)}</code> from c{client}, timestamp {timestamp}
          </li>
        ))}
      </ul>
    </>
  );
}

function Certificates({ slot }: { readonly slot: SlotInspection }): ReactNode {
  return (
    <>
      <h3>Certificates</h3>
      <p className={styles['note']}>{certificateWords('prepared', slot.preparedBy)}</p>
      <p className={styles['note']}>{certificateWords('committed', slot.committedBy)}</p>
    </>
  );
}

function certificateWords(name: string, signers: readonly number[] | undefined): string {
  if (signers === undefined) return `Not ${name} yet.`;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}: signed by ${signers.map((signer) => `R${signer}`).join(', ')}.`;
}
