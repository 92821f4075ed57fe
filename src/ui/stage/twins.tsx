import type { ReactNode } from 'react';

import { twinOf } from '#core/network/process-order.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { ClusterPicture } from '#ui/picture/cluster-picture.ts';
import { processKey } from '#ui/picture/process-name.ts';
import type { StageLayout } from '#ui/picture/stage-layout.ts';

import { TwinNode } from './twin-node.tsx';

interface TwinsProps {
  readonly layout: StageLayout;
  readonly picture: ClusterPicture;
  readonly selected: ProcessId | undefined;
  readonly onSelect: (process: ProcessId) => void;
}

/** The second instances that there are at the playhead. */
export function Twins({ layout, picture, selected, onSelect }: TwinsProps): ReactNode {
  return layout.replicas.map((place) => {
    const twin = twinOf(place.process);
    const process = picture.processes.get(processKey(twin));
    return process === undefined ? null : (
      <TwinNode
        key={twin}
        place={place}
        process={process}
        selected={selected === twin}
        onSelect={onSelect}
      />
    );
  });
}
