import { Crown, VenetianMask } from 'lucide-react';
import { memo, type ReactNode } from 'react';

import type { Quorums } from '#core/pbft/quorum.ts';
import { later } from '#ui/later.tsx';
import {
  countingVotes,
  shownSlot,
  workingSlot,
  type ProcessPicture,
} from '#ui/picture/process-picture.ts';
import type { Box, ReplicaPlace } from '#ui/picture/stage-layout.ts';
import { svgButton } from '#ui/svg-button.ts';

import { Disk } from './disk.tsx';
import { SlotStrip, stripOf } from './slot-strip.tsx';

import styles from './replica-node.module.css';

const VoteGauge = later(async () => (await import('./vote-gauge.tsx')).VoteGauge);

interface ReplicaNodeProps {
  readonly place: ReplicaPlace;
  readonly process: ProcessPicture | undefined;
  readonly primary: boolean;
  readonly quorums: Quorums;
  readonly selected: boolean;
  readonly lit: boolean;
  readonly onSelect: (replica: number) => void;
}

/** A replica: its memory as a circle, the votes it counts on the rim, its disk beside it, its slots below. */
export const ReplicaNode = memo(function ReplicaNode(props: ReplicaNodeProps): ReactNode {
  const { place, process, primary, quorums, selected, lit, onSelect } = props;
  const { radius } = place;
  const life = process?.life ?? 'up';
  const down = life === 'crashed' || life === 'failed';
  const choose = (): void => onSelect(place.process);
  return (
    <g
      className={styles['replica']}
      data-testid={`replica-${place.process}`}
      data-life={life}
      data-byzantine={process?.byzantine !== undefined}
      data-selected={selected}
      data-lit={lit}
      aria-pressed={selected}
      aria-label={nameOf(props)}
      {...svgButton(choose)}
    >
      <rect className={styles['reach']} {...reachOf(place)} />
      <Disk box={place.disk} commits={process?.commits ?? 0} />
      <SlotStrip place={place} {...stripOf(process, place.cells)} />
      <g transform={`translate(${place.x} ${place.y})`}>
        {down ? null : (
          <VoteGauge
            radius={radius}
            slot={process === undefined ? undefined : shownSlot(process)}
            quorums={quorums}
          />
        )}
        <circle className={styles['memory']} r={radius} />
        {primary ? (
          <Crown className={styles['crown']} x={-8.5} y={-radius - 13} width={17} height={17} />
        ) : null}
        <text className={styles['name']} y={1} fontSize={radius * 0.48}>
          R{place.process}
        </text>
        <text className={styles['votes']} y={radius * 0.54}>
          {voteWords(process, quorums)}
        </text>
        {process?.byzantine === undefined ? null : <Mask radius={radius} />}
      </g>
    </g>
  );
});

/** From its memory to its disk: all of it is pressed, and nothing of it is paper to draw on. */
function reachOf({ x, y, radius, disk }: ReplicaPlace): Box {
  const left = Math.min(x - radius, disk.x);
  const top = Math.min(y - radius, disk.y);
  return {
    x: left,
    y: top,
    width: Math.max(x + radius, disk.x + disk.width) - left,
    height: Math.max(y + radius, disk.y + disk.height) - top,
  };
}

function Mask({ radius }: { readonly radius: number }): ReactNode {
  const at = radius * 0.76;
  return (
    <g className={styles['mask']} transform={`translate(${-at} ${-at})`}>
      <circle r="12" />
      <VenetianMask x={-8.5} y={-8.5} width={17} height={17} />
    </g>
  );
}

/** "P 1/2" while it collects PREPAREs, "C 2/3" while it collects COMMITs, "✓ 3" when it has executed all it knows. */
function voteWords(process: ProcessPicture | undefined, quorums: Quorums): string {
  if (process === undefined) return '';
  if (process.life !== 'up') return process.life;
  const slot = workingSlot(process);
  if (slot === undefined) return process.executed === 0 ? '' : `✓ ${process.executed}`;
  if (slot.state === 'prepared' || slot.state === 'committed') {
    return `C ${countingVotes(slot.commits, slot.digest).length}/${quorums.quorum}`;
  }
  return `P ${countingVotes(slot.prepares, slot.digest).length}/${quorums.quorum - 1}`;
}

function nameOf({ place, process, primary, quorums }: ReplicaNodeProps): string {
  const parts = [`Replica ${place.process}`, primary ? 'primary' : 'backup'];
  if (process !== undefined) {
    if (process.life !== 'up') parts.push(process.life);
    if (process.byzantine !== undefined) parts.push(`Byzantine: ${process.byzantine}`);
    parts.push(`executed ${process.executed}`, `${process.commits} commits on disk`);
    const words = voteWords(process, quorums);
    if (/^[PC]/.test(words)) parts.push(words.replace('P', 'prepares').replace('C', 'commits'));
  }
  return parts.join(', ');
}
