import type { Inspection } from '#core/replica/inspection.ts';
import type { ProcessPicture } from '#ui/picture/process-picture.ts';

/** Why a replica does not go on at a sequence number: what it has not got yet, in words. */
export function slotWaiting(
  process: ProcessPicture | undefined,
  inspection: Inspection | undefined,
  sequence: number,
): string {
  if (process?.life === 'crashed') return 'crashed: waits to be restarted';
  if (process?.life === 'failed') return 'stopped: it goes on no more';
  if (process !== undefined && sequence <= process.executed) return 'executed: waits for nothing';
  const told = inspection?.waiting.find((waiting) => waiting.sequence === sequence);
  if (told !== undefined) return told.text;
  if (process?.life === 'paused') return 'paused';
  return 'has heard nothing of it';
}
