import type { LiveMark } from '#lab/live/live-state.ts';

/** What happened, in one sentence. */
export function markSentence(mark: LiveMark): string {
  const { kind, replica = 0, view = 0, sequence = 0 } = mark;
  switch (kind) {
    case 'view':
      return `View ${view} has begun.`;
    case 'stable':
      return `The checkpoint at ${sequence} is stable.`;
    case 'partition':
      return 'The network is divided.';
    case 'heal':
      return 'The network is whole again.';
    case 'crash':
      return `Replica ${replica} ${crashWords(mark)}.`;
    case 'restart':
      return `Replica ${replica} restarts from its disk.`;
    case 'voting-again':
      return `Replica ${replica} votes again${afterWords(mark)}.`;
    case 'pause':
      return `Replica ${replica} is paused.`;
    case 'resume':
      return `Replica ${replica} goes on.`;
    case 'byzantine':
      return `Replica ${replica} changes its behaviour.`;
  }
}

function crashWords({ why }: LiveMark): string {
  return why === undefined ? 'crashed: its worker was terminated' : `is lost: ${why}`;
}

function afterWords({ afterMs }: LiveMark): string {
  return afterMs === undefined ? '' : `, ${Math.round(afterMs)} ms after its crash`;
}

/** What a chart writes at a mark; nothing where a tick must do. */
export function markLabel({ kind, replica, view }: LiveMark): string {
  switch (kind) {
    case 'crash':
      return `✕ R${replica}`;
    case 'restart':
      return `↻ R${replica}`;
    case 'voting-again':
      return `✓ R${replica}`;
    case 'pause':
      return `‖ R${replica}`;
    case 'resume':
      return `▸ R${replica}`;
    case 'byzantine':
      return `B R${replica}`;
    case 'view':
      return `view ${view}`;
    case 'partition':
      return 'divided';
    case 'heal':
      return 'healed';
    case 'stable':
      return '';
  }
}
