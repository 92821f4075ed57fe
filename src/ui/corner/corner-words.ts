import type { ObjectChange } from '#core/persistent/index.ts';
import type { CornerState, LastDeed } from '#lab/corner/corner-state.ts';

/** "1,250 ms" */
export function timeText(us: number): string {
  return `${Math.round(us / 1000).toLocaleString('en')} ms`;
}

/** "1 record", "3 records" */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** "104 B", "6.2 KB" */
export function bytesText(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KB`;
}

/** `core/persistent/samples/ping-pong.ts#Pinger.start` as a person says it. */
export function shortName(id: string): string {
  return id.slice(id.lastIndexOf('#') + 1);
}

/** What an object on the disk is. */
export function objectName({ kind, type }: ObjectChange): string {
  if (kind !== 'frame') return type === '' ? kind : shortName(type);
  const [call = ''] = shortName(type).split(' suspended at ');
  return `${call} at line ${type.slice(type.lastIndexOf(' ') + 1)}`;
}

/** What happened last, in one or two sentences. */
export function sentenceOf({ last, durable }: Pick<CornerState, 'last' | 'durable'>): string {
  const records = countText(durable?.records.length ?? 0, 'record');
  switch (last.type) {
    case 'none':
      return durable?.records.length === 0
        ? 'Nothing has run yet.'
        : `It stands where it stood: ${records} on the disk.`;
    case 'stepped':
      return `${causes[last.input]} ${afterwards(last)}`;
    case 'killed':
      return `The worker is terminated and its memory gone; the disk has ${records}. ${deaths[last.at]}`;
    case 'restarted':
      return `A new worker has read ${countText(last.records, 'record')} and waits on the same lines.${saidAgain(last.again)}`;
    case 'lost':
      return `The worker is lost: ${last.why} What was durable is on the disk, and nothing else has left: Restart goes on from there.`;
  }
}

const causes = {
  begin: 'The program began.',
  timer: 'A timer rang.',
  outcome: 'An answer came from outside.',
  acknowledgement: 'The outside has acknowledged everything.',
} as const;

const deaths = {
  now: '',
  turn: 'Its turn had run and was not written: it never happened.',
  commit:
    'The record is written, and what the turn gave out has not left: it leaves after the restart.',
  release:
    'What the turn gave out has left, and nobody will remember that: it comes again after the restart.',
} as const;

function afterwards({ bytes, released }: Extract<LastDeed, { type: 'stepped' }>): string {
  const written = `A record of ${bytesText(bytes)} was written`;
  if (released.length === 0) return `${written}; nothing left the worker.`;
  const letters = released.filter(({ type }) => type === 'letter').length;
  const deeds = released.length - letters;
  const left = [
    ...(letters > 0 ? [countText(letters, 'letter')] : []),
    ...(deeds > 0 ? [countText(deeds, 'request')] : []),
  ].join(' and ');
  return `${written}, and only then ${left} left.`;
}

function saidAgain(count: number): string {
  return count === 0
    ? ''
    : ` It says again what nobody has acknowledged: ${countText(count, 'thing')}.`;
}
