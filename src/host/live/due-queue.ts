/** When operations were due that no client could take yet: first come first served, up to a bound. */
export class DueQueue {
  private readonly times: Float64Array;
  private first = 0;
  private count = 0;

  constructor(capacity: number) {
    this.times = new Float64Array(capacity);
  }

  get size(): number {
    return this.count;
  }

  /** False when there is no room: the operation is not brought. */
  add(atMs: number): boolean {
    if (this.count === this.times.length) return false;
    this.times[(this.first + this.count) % this.times.length] = atMs;
    this.count += 1;
    return true;
  }

  take(): number | undefined {
    if (this.count === 0) return undefined;
    const atMs = this.times[this.first];
    this.first = (this.first + 1) % this.times.length;
    this.count -= 1;
    return atMs;
  }

  clear(): void {
    this.count = 0;
  }
}
