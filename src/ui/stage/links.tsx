import type { ReactNode } from 'react';

import type { PartitionPicture } from '#ui/picture/cluster-picture.ts';
import { processKey } from '#ui/picture/process-name.ts';
import type { StageLayout } from '#ui/picture/stage-layout.ts';

import styles from './links.module.css';

interface LinksProps {
  readonly layout: StageLayout;
  readonly partition: PartitionPicture | undefined;
}

/** The network between the replicas: a faint line per link, none where a partition cuts it. */
export function Links({ layout, partition }: LinksProps): ReactNode {
  const { replicas, dense } = layout;
  const lines = replicas.flatMap((from, i) =>
    replicas
      .slice(i + 1)
      .map((to) => ({ from, to, cut: isCut(partition, from.process, to.process) })),
  );
  return (
    <g className={styles['links']} data-dense={dense} aria-hidden="true">
      {lines.map(({ from, to, cut }) =>
        cut ? null : (
          <line key={`${from.process}-${to.process}`} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
        ),
      )}
    </g>
  );
}

function isCut(partition: PartitionPicture | undefined, a: number, b: number): boolean {
  if (partition === undefined) return false;
  const { groups, cuts } = partition;
  const one = `${a} ${b}`;
  const other = `${b} ${a}`;
  if (cuts.some(([from, to]) => [one, other].includes(`${processKey(from)} ${processKey(to)}`))) {
    return true;
  }
  const groupOf = (process: number): number => groups.findIndex((group) => group.includes(process));
  return groups.length > 0 && groupOf(a) !== groupOf(b);
}
