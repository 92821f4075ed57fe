import { memo, type ReactNode } from 'react';

import type { Quorums } from '#core/pbft/quorum.ts';
import { gaugeSide, type GaugeSide } from '#ui/picture/gauge.ts';
import { countingVotes, type SlotPicture } from '#ui/picture/process-picture.ts';

import styles from './vote-gauge.module.css';

interface VoteGaugeProps {
  readonly radius: number;
  readonly slot: SlotPicture | undefined;
  readonly quorums: Quorums;
}

/** The votes a replica has counted: a place for each that it needs, PREPAREs on the left, COMMITs on the right. */
export function VoteGauge({ radius, slot, quorums }: VoteGaugeProps): ReactNode {
  const prepares = countingVotes(slot?.prepares ?? [], slot?.digest).length;
  const commits = countingVotes(slot?.commits ?? [], slot?.digest).length;
  const { quorum } = quorums;
  return (
    <g className={styles['gauge']} data-done={slot?.state === 'executed'}>
      <title>{`${prepares} of ${quorum - 1} PREPAREs, ${commits} of ${quorum} COMMITs`}</title>
      <Side kind="prepare" {...gaugeSide('left', quorum - 1, prepares, radius)} />
      <Side kind="commit" {...gaugeSide('right', quorum, commits, radius)} />
    </g>
  );
}

interface SideProps extends GaugeSide {
  readonly kind: 'prepare' | 'commit';
}

const Side = memo(function Side({ kind, filled, empty }: SideProps): ReactNode {
  return (
    <g data-kind={kind}>
      <path d={empty} />
      <path d={filled} data-filled="true" />
    </g>
  );
});
