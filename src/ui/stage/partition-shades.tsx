import type { ReactNode } from 'react';

import { isTwin } from '#core/network/process-order.ts';
import type { PartitionPicture } from '#ui/picture/cluster-picture.ts';
import { hull, outline } from '#ui/picture/hull.ts';
import { processKey, shortName } from '#ui/picture/process-name.ts';
import {
  anchorsOf,
  type Point,
  type ReplicaPlace,
  type StageLayout,
} from '#ui/picture/stage-layout.ts';

import styles from './partition-shades.module.css';

interface PartitionShadesProps {
  readonly layout: StageLayout;
  readonly partition: PartitionPicture | undefined;
}

function diskCentre({ disk }: ReplicaPlace): Point {
  return { x: disk.x + disk.width / 2, y: disk.y + disk.height / 2 };
}

/** The groups of a partition as islands. */
export function PartitionShades({ layout, partition }: PartitionShadesProps): ReactNode {
  if (partition === undefined || partition.groups.length === 0) return null;
  const anchors = anchorsOf(layout);
  const width = ((layout.replicas[0]?.radius ?? 30) + 30) * 2;
  return (
    <g className={styles['shades']} data-testid="partition-shades">
      {partition.groups.map((group) => {
        // A second instance stands beside its replica, whichever group it is in: no island reaches for it.
        const members = group.filter((process) => !isTwin(process));
        if (members.length === 0) return null;
        const points = members.flatMap((process) =>
          [
            anchors.get(processKey(process)) ?? [],
            ...layout.replicas.filter((place) => place.process === process).map(diskCentre),
          ].flat(),
        );
        return (
          <g key={group.join(' ')}>
            <title>{`Group ${group.map(shortName).join(', ')}`}</title>
            <path className={styles['rim']} d={outline(hull(points))} strokeWidth={width + 3} />
            <path className={styles['island']} d={outline(hull(points))} strokeWidth={width} />
          </g>
        );
      })}
    </g>
  );
}
