import { useCallback, useMemo, type ReactNode } from 'react';

import type { ProcessId } from '#core/pbft/message.ts';
import type { Selection } from '#lab/lab-state.ts';
import { useClusterShape } from '#ui/cluster-shape.ts';
import { useCommands, useLab, usePicture } from '#ui/lab-context.ts';
import { later } from '#ui/later.tsx';
import { processKey } from '#ui/picture/process-name.ts';
import { stageHeight, stageLayout, stageWidth } from '#ui/picture/stage-layout.ts';

import { ClientNode } from './client-node.tsx';
import { Legend } from './legend.tsx';
import { Links } from './links.tsx';
import { MovingLayer } from './moving-layer.tsx';
import { PartitionPen } from './partition-pen.tsx';
import { PhaseLabel } from './phase-label.tsx';
import { ReplicaNode } from './replica-node.tsx';
import { Twins } from './twins.tsx';

import styles from './stage.module.css';

const PartitionShades = later(async () => (await import('./partition-shades.tsx')).PartitionShades);

/** The cluster at the playhead: replicas in a ring, clients beside it, messages in flight. */
export function Stage(): ReactNode {
  const { replicas, clients, quorums } = useClusterShape();
  const picture = usePicture();
  const commands = useCommands();
  const selected = useLab((state) => processOf(state.selection));
  const hovered = useLab((state) => processOf(state.hovered));
  const layout = useMemo(() => stageLayout(replicas, clients), [replicas, clients]);
  const onSelect = useCallback(
    (process: ProcessId) => commands.select({ kind: 'process', process }),
    [commands],
  );
  const view = Math.max(0, ...[...picture.processes.values()].map((process) => process.view));
  return (
    <section
      className={styles['stage']}
      data-testid="stage"
      data-picture="stage"
      aria-label="Stage"
    >
      <Legend />
      <PhaseLabel picture={picture} />
      <svg viewBox={`0 0 ${stageWidth} ${stageHeight}`} {...group}>
        <PartitionPen layout={layout} picture={picture}>
          <PartitionShades layout={layout} partition={picture.partition} />
          <Links layout={layout} partition={picture.partition} />
          {layout.replicas.map((place) => (
            <ReplicaNode
              key={place.process}
              place={place}
              process={picture.processes.get(processKey(place.process))}
              primary={view % replicas === place.process}
              quorums={quorums}
              selected={selected === place.process}
              lit={hovered === place.process}
              onSelect={onSelect}
            />
          ))}
          <Twins layout={layout} picture={picture} selected={selected} onSelect={onSelect} />
          {layout.clients.map((place) => (
            <ClientNode
              key={place.process}
              place={place}
              process={picture.processes.get(processKey(place.process))}
              quorums={quorums}
              selected={selected === place.process}
              onSelect={onSelect}
            />
          ))}
        </PartitionPen>
      </svg>
      <svg className={styles['moving']} viewBox={`0 0 ${stageWidth} ${stageHeight}`}>
        <MovingLayer layout={layout} />
      </svg>
    </section>
  );
}

/** SVG has no element for a group of controls. */
const group = { role: 'group', 'aria-label': 'The cluster' } as const;

function processOf(selection: Selection): ProcessId | undefined {
  return selection?.kind === 'process' ? selection.process : undefined;
}
