import { memo, type ReactNode } from 'react';

import { twinOf } from '#core/network/process-order.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { shortName } from '#ui/picture/process-name.ts';
import type { ProcessPicture } from '#ui/picture/process-picture.ts';
import { twinRadius, type ReplicaPlace } from '#ui/picture/stage-layout.ts';
import { svgButton } from '#ui/svg-button.ts';

import styles from './twin-node.module.css';

interface TwinNodeProps {
  readonly place: ReplicaPlace;
  readonly process: ProcessPicture;
  readonly selected: boolean;
  readonly onSelect: (process: ProcessId) => void;
}

/** The second instance of a replica: a smaller circle beside it. */
export const TwinNode = memo(function TwinNode(props: TwinNodeProps): ReactNode {
  const { place, process, selected, onSelect } = props;
  const twin = twinOf(place.process);
  return (
    <g
      className={styles['twin']}
      data-testid={`twin-${place.process}`}
      data-life={process.life}
      data-selected={selected}
      aria-pressed={selected}
      aria-label={`The twin of replica ${place.process}, ${wordsOf(process)}`}
      transform={`translate(${place.twin.x} ${place.twin.y})`}
      {...svgButton(() => onSelect(twin))}
    >
      <circle r={twinRadius} />
      <text dy="0.36em">{shortName(twin)}</text>
    </g>
  );
});

function wordsOf({ life, executed, commits }: ProcessPicture): string {
  const work = `executed ${executed}, ${commits} commits on disk`;
  return life === 'up' ? work : `${life}, ${work}`;
}
