import { correctReplica, type Checker } from './checker.ts';

/** I11: nothing is logged outside (h, h + L]. */
export function windowBounds(): Checker {
  const low = new Map<number, number>();
  return {
    invariant: 'window',
    observe(event, cast) {
      const replica = correctReplica(event, cast);
      if (replica === undefined) return undefined;
      if (event.type === 'stable') low.set(replica, event.sequence);
      if (event.type !== 'pre-prepared' && event.type !== 'prepared' && event.type !== 'counted') {
        return undefined;
      }
      if (event.type === 'counted' && event.kind !== 'prepare' && event.kind !== 'commit') {
        return undefined;
      }
      const { sequence, id } = event;
      const h = low.get(replica) ?? 0;
      const { logSize } = cast.configuration;
      if (sequence === undefined || (sequence > h && sequence <= h + logSize)) return undefined;
      return {
        says: `replica ${replica} logs sequence number ${sequence} outside (${h}, ${h + logSize}]`,
        sequence,
        evidence: [id],
      };
    },
    examine({ process, inspection }, cast) {
      if (inspection.kind !== 'replica' || !cast.isCorrect(process)) return undefined;
      const { lowWatermark, highWatermark } = inspection;
      const stray = inspection.slots.find(
        ({ sequence }) => sequence <= lowWatermark || sequence > highWatermark,
      );
      if (stray === undefined) return undefined;
      return {
        says: `replica ${process} keeps a slot for ${stray.sequence} outside (${lowWatermark}, ${highWatermark}]`,
        sequence: stray.sequence,
        evidence: [],
      };
    },
  };
}
