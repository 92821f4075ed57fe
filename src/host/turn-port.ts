import type { TurnReport } from '#core/replica/process.ts';
import type { Decision, Failure, TurnRequest } from '#core/simulation/round.ts';

import type { Stored } from './storage/disk.ts';

/**
 * What travels between the bus and a process, on a channel of their own: a turn is asked for and
 * reported, the bus decides, the process answers with what it releases. One turn at a time.
 */
export type ToProcess =
  | { readonly type: 'turn'; readonly request: TurnRequest }
  | { readonly type: 'decision'; readonly decision: Decision['decision'] }
  /** What is on its disk, for a second instance. */
  | { readonly type: 'stored' };

/** A process's answers, in the order of the questions. */
export type FromProcess =
  | { readonly type: 'reported'; readonly report: TurnReport | Failure }
  /** Written as decided; `bytes` are the packets that may leave, in the order of the report's outputs. */
  | { readonly type: 'released'; readonly bytes: readonly Uint8Array[] }
  | { readonly type: 'stored'; readonly stored: Stored }
  /** Storage refused: nothing leaves, and this process has stopped. */
  | { readonly type: 'refused'; readonly problem: string };
