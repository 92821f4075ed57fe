import { useMemo } from 'react';

import { twinOf } from '#core/network/process-order.ts';
import type { ProcessId } from '#core/pbft/message.ts';

import { useClusterShape } from './cluster-shape.ts';
import { usePicture } from './lab-context.ts';
import { processesOf, processKey } from './picture/process-name.ts';

/** Everybody who is there at the playhead: replicas, each followed by its second instance if it has one, then clients. */
export function useProcesses(): readonly ProcessId[] {
  const { replicas, clients } = useClusterShape();
  const { processes } = usePicture();
  return useMemo(
    () =>
      processesOf(replicas, clients).flatMap((process) => {
        const twin = typeof process === 'number' ? twinOf(process) : undefined;
        return twin !== undefined && processes.has(processKey(twin)) ? [process, twin] : [process];
      }),
    [replicas, clients, processes],
  );
}
