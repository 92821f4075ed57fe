/** What a group commit does with its turns. */
export interface GroupWriter<T, R> {
  /** Makes the record of everything so far, at once, and resolves when it is durable. */
  write(): Promise<void>;
  /** What the turns say, made ready to leave while their record is being written. */
  prepare(turns: readonly T[]): Promise<R>;
  /** Lets it out: only ever after the record of its turns, and in their order. */
  release(ready: R): void;
  /** Something of it failed: nothing leaves any more. */
  fail(error: unknown): void;
}

/**
 * Turns go on while a record is being written; the next record takes all that there are by then. So the disk limits how
 * late an output is, not how many there are.
 */
export class GroupCommit<T, R> {
  private readonly writer: GroupWriter<T, R>;
  private turns: T[] = [];
  private isWriting = false;
  private hasFailed = false;
  private released: Promise<void> = Promise.resolve();

  constructor(writer: GroupWriter<T, R>) {
    this.writer = writer;
  }

  add(turn: T): void {
    this.turns.push(turn);
  }

  /** Begins a commit of what was added, unless one is under way: then that one is followed by another. */
  flush(): void {
    if (this.isWriting || this.hasFailed || this.turns.length === 0) return;
    this.isWriting = true;
    void this.run();
  }

  private async run(): Promise<void> {
    const { writer } = this;
    try {
      while (this.turns.length > 0) {
        const group = this.turns;
        this.turns = [];
        const prepared = writer.prepare(group);
        // It is awaited after the record: until then its failure is nobody's.
        prepared.catch(() => undefined);
        await writer.write();
        this.released = this.releaseAfter(this.released, prepared);
      }
    } catch (error) {
      this.fail(error);
    }
    this.isWriting = false;
  }

  private async releaseAfter(before: Promise<void>, prepared: Promise<R>): Promise<void> {
    try {
      await before;
      const ready = await prepared;
      if (!this.hasFailed) this.writer.release(ready);
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    if (this.hasFailed) return;
    this.hasFailed = true;
    this.writer.fail(error);
  }
}
