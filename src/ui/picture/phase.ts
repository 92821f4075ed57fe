import type { ClusterPicture } from './cluster-picture.ts';
import type { MessageKind } from './message-style.ts';
import { shownSlot, type ProcessPicture, type SlotState } from './process-picture.ts';

/** What the centre of the stage says. */
export interface PhaseWords {
  readonly kind: MessageKind | undefined;
  readonly title: string;
  readonly where: string;
  readonly progress: string;
}

const phases: readonly MessageKind[] = [
  'request',
  'pre-prepare',
  'prepare',
  'commit',
  'reply',
  'checkpoint',
  'view-change',
  'new-view',
];

/** The current phase: the kind of the protocol message sent last among those in the air, and how many replicas are through. */
export function phaseWords(picture: ClusterPicture): PhaseWords {
  const replicas = [...picture.processes.values()].filter(
    ({ process }) => typeof process === 'number',
  );
  const view = Math.max(0, ...replicas.map((replica) => replica.view));
  const kind = kindInTheAir(picture);
  const sequence = Math.max(0, ...replicas.map((replica) => shownSlot(replica)?.sequence ?? 0));
  return {
    kind,
    title: kind ?? (picture.events === 0 ? 'ready' : 'quiet'),
    where: sequence === 0 ? `view ${view}` : `view ${view} · sequence ${sequence}`,
    progress: sequence === 0 ? '' : progressWords(replicas, sequence),
  };
}

function kindInTheAir(picture: ClusterPicture): MessageKind | undefined {
  let latest: MessageKind | undefined;
  for (const flight of picture.flights.values()) {
    if (flight.state === 'flying' && phases.includes(flight.header.kind)) {
      latest = flight.header.kind;
    }
  }
  return latest;
}

const through: readonly SlotState[] = ['executed', 'committed', 'prepared', 'pre-prepared'];

function progressWords(replicas: readonly ProcessPicture[], sequence: number): string {
  const states = replicas.map((replica) =>
    replica.executed >= sequence ? 'executed' : (replica.slots.get(sequence)?.state ?? 'waiting'),
  );
  const furthest = through.find((state) => states.includes(state));
  if (furthest === undefined) return '';
  const count = states.filter((state) => state === furthest).length;
  return `${furthest} at ${count} of ${replicas.length}`;
}
