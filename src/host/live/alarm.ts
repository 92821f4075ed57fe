/**
 * One timer of a thread, for whatever is due first. It is only ever moved forward: an alarm that rings too early finds
 * nothing due and is set again, which costs less than moving it at every turn.
 */
export class Alarm {
  private readonly nowUs: () => number;
  private readonly ring: () => void;
  private set: { readonly atUs: number; readonly timer: ReturnType<typeof setTimeout> } | undefined;

  constructor(nowUs: () => number, ring: () => void) {
    this.nowUs = nowUs;
    this.ring = ring;
  }

  setBy(atUs: number | null): void {
    if (atUs === null || (this.set !== undefined && this.set.atUs <= atUs)) return;
    this.cancel();
    const waitMs = Math.max(0, (atUs - this.nowUs()) / 1000);
    const timer = setTimeout(() => {
      this.set = undefined;
      this.ring();
    }, waitMs);
    this.set = { atUs, timer };
  }

  cancel(): void {
    if (this.set !== undefined) clearTimeout(this.set.timer);
    this.set = undefined;
  }
}
