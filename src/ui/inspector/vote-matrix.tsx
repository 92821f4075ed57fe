import type { ReactNode } from 'react';

import { useClusterShape } from '#ui/cluster-shape.ts';
import { DigestTag } from '#ui/digest-tag.tsx';
import { Linked } from '#ui/linked.tsx';
import { letters } from '#ui/picture/message-style.ts';
import { matrixRows, type MatrixRow, type MatrixSlot } from '#ui/picture/vote-matrix.ts';
import { ThresholdBar } from '#ui/threshold-bar.tsx';
import { VoteGlyph } from '#ui/vote-glyph.tsx';
import { heldVotes } from '#ui/words/held-votes.ts';
import { shortDigest } from '#ui/words/sentence.ts';

import styles from './vote-matrix.module.css';

interface VoteMatrixProps {
  readonly slot: MatrixSlot;
}

/** The signed votes that one replica holds for a (view, sequence): a row for each digest, a column for each signer. */
export function VoteMatrix({ slot }: VoteMatrixProps): ReactNode {
  const { replicas } = useClusterShape();
  const rows = matrixRows(slot);
  if (rows.length === 0) return <p className={styles['note']}>Nobody has voted here yet.</p>;
  const isDivided = slot.digest !== undefined && rows.some(({ accepted }) => !accepted);
  return (
    <>
      <div className={styles['scroll']} {...scrollable}>
        <table className={styles['matrix']} data-testid="vote-matrix" data-dense={replicas > 7}>
          <thead>
            <tr>
              <th scope="col">digest</th>
              <th scope="col">votes held</th>
              <Signers replicas={replicas} />
            </tr>
          </thead>
          {rows.map((row) => (
            <DigestRows
              key={row.digest}
              row={row}
              view={slot.view}
              counts={slot.digest === undefined || row.accepted}
            />
          ))}
        </table>
      </div>
      {isDivided ? (
        <p className={styles['note']}>
          A dashed vote is for another digest than the accepted one: it is kept, and counts for
          nothing here.
        </p>
      ) : null}
    </>
  );
}

/** What scrolls can be reached by the keyboard. */
const scrollable = { tabIndex: 0, role: 'group', 'aria-label': 'Votes by replica' } as const;

/** The replicas as column heads. */
export function Signers({ replicas }: { readonly replicas: number }): ReactNode {
  return Array.from({ length: replicas }, (_, replica) => (
    <th key={replica} scope="col" className={styles['signer']}>
      <Linked to={{ kind: 'process', process: replica }}>R{replica}</Linked>
    </th>
  ));
}

interface DigestRowsProps {
  readonly row: MatrixRow;
  readonly view: number;
  readonly counts: boolean;
}

function DigestRows({ row, view, counts }: DigestRowsProps): ReactNode {
  const { replicas, quorums } = useClusterShape();
  const { digest, proposer, prepares, commits } = row;
  const primary = view % replicas;
  const small = replicas > 7;
  const all = Array.from({ length: replicas }, (_, replica) => replica);
  const cell = (kind: 'pre-prepare' | 'prepare' | 'commit', signer: number): ReactNode => (
    <VoteGlyph
      kind={kind}
      small={small}
      counts={counts}
      name={`${letters[kind]}: ${kind.toUpperCase()} of R${signer} for ${shortDigest(digest)}${counts ? '' : ', does not count'}`}
    />
  );
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" rowSpan={2}>
          <DigestTag digest={digest} />
        </th>
        <Held
          kind="prepare"
          needs="Q − 1"
          voters={replicas - 1}
          held={prepares.length}
          needed={quorums.quorum - 1}
        />
        {all.map((signer) => {
          if (prepares.includes(signer)) return <td key={signer}>{cell('prepare', signer)}</td>;
          if (signer === proposer) return <td key={signer}>{cell('pre-prepare', signer)}</td>;
          return <Missing key={signer} silent={signer === primary} />;
        })}
      </tr>
      <tr>
        <Held
          kind="commit"
          needs="Q"
          voters={replicas}
          held={commits.length}
          needed={quorums.quorum}
        />
        {all.map((signer) =>
          commits.includes(signer) ? (
            <td key={signer}>{cell('commit', signer)}</td>
          ) : (
            <Missing key={signer} silent={false} />
          ),
        )}
      </tr>
    </tbody>
  );
}

interface HeldProps {
  readonly kind: 'prepare' | 'commit';
  readonly needs: string;
  readonly voters: number;
  readonly held: number;
  readonly needed: number;
}

function Held({ kind, needs, voters, held, needed }: HeldProps): ReactNode {
  return (
    <td
      className={styles['held']}
      data-kind={kind}
      data-enough={held >= needed}
      title={`${kind.toUpperCase()}s: ${held} held, ${needs} = ${needed} needed`}
    >
      <span>
        <VoteGlyph kind={kind} small />
        <ThresholdBar voters={voters} held={held} needed={needed} />
        <b>{heldVotes(held, needed)}</b>
      </span>
    </td>
  );
}

/** Nothing of this signer; a primary sends no PREPARE. */
function Missing({ silent }: { readonly silent: boolean }): ReactNode {
  return <td data-state={silent ? 'silent' : 'empty'}>{silent ? '–' : '·'}</td>;
}
