import { useMemo } from 'react';

import { quorumsOf, quorumsUnder, type Quorums } from '#core/pbft/quorum.ts';

import { useLab } from './lab-context.ts';

/** How many there are, and how many must agree. */
export interface ClusterShape {
  readonly replicas: number;
  readonly clients: number;
  readonly quorums: Quorums;
}

/** The shape of the cluster on show. */
export function useClusterShape(): ClusterShape {
  const replicas = useLab((state) => state.scenario?.replicas ?? 0);
  const clients = useLab((state) => state.scenario?.clients ?? 0);
  const f = useLab((state) => state.scenario?.f);
  const ablation = useLab((state) => state.scenario?.ablation);
  return useMemo(() => {
    const sound = quorumsOf(Math.max(1, replicas), f);
    return {
      replicas,
      clients,
      quorums: quorumsUnder((rule) => ablation?.includes(rule) ?? false, sound),
    };
  }, [replicas, clients, f, ablation]);
}
