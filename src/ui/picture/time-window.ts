const playheadShare = 0.82;

/** Where the window of a diagram begins: at 0 until the playhead nears its right edge, then it follows. */
export function windowStartMs(nowMs: number, windowMs: number): number {
  return Math.max(0, nowMs - windowMs * playheadShare);
}
