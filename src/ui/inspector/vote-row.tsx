import type { ReactNode } from 'react';

import type { MessageKind } from '#ui/picture/message-style.ts';
import { shortDigest } from '#ui/words/sentence.ts';

/** A vote in a cell. */
export interface VoteMark {
  readonly letter: string;
  readonly digest: string;
  /** False when it is for another digest than the accepted one. */
  readonly counts: boolean;
}

interface VoteRowProps {
  readonly kind: MessageKind;
  readonly replicas: number;
  readonly marks: ReadonlyMap<number, VoteMark>;
  /** Who never votes here: the primary sends no PREPARE, a backup no PRE-PREPARE. */
  readonly silent?: (signer: number) => boolean;
  readonly total: string;
}

/** A row of the vote matrix: a kind of vote, a cell per signer. */
export function VoteRow({ kind, replicas, marks, silent, total }: VoteRowProps): ReactNode {
  return (
    <tr data-kind={kind}>
      <th scope="row">{kind}</th>
      {Array.from({ length: replicas }, (_, signer) => {
        const mark = marks.get(signer);
        if (mark === undefined) {
          const isSilent = silent?.(signer) ?? false;
          return (
            <td key={signer} data-state={isSilent ? 'silent' : 'empty'}>
              {isSilent ? '–' : ''}
            </td>
          );
        }
        const words = mark.counts ? 'counts' : 'another digest, does not count';
        return (
          <td
            key={signer}
            data-state={mark.counts ? 'counts' : 'other'}
            title={`${kind} of R${signer} for ${shortDigest(mark.digest)}: ${words}`}
          >
            {mark.counts ? mark.letter : `${mark.letter}≠`}
          </td>
        );
      })}
      <td data-state="total">{total}</td>
    </tr>
  );
}
