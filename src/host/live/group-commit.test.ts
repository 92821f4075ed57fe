import { describe, expect, it } from 'vitest';

import { GroupCommit } from './group-commit.ts';

/** A disk whose writes end when the test says so, and what was let out. */
class Writer {
  readonly records: string[] = [];
  readonly released: string[] = [];
  readonly failures: unknown[] = [];
  private readonly writes: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  private written = 0;
  private taken = 0;
  private readonly group = new GroupCommit<string, string>({
    write: () => this.write(),
    prepare: (turns) => Promise.resolve(turns.join('+')),
    release: (ready) => this.released.push(ready),
    fail: (error) => this.failures.push(error),
  });

  turn(name: string): void {
    this.taken += 1;
    this.group.add(name);
    this.group.flush();
  }

  async finish(error?: Error): Promise<void> {
    const write = this.writes.shift();
    if (error === undefined) write?.resolve();
    else write?.reject(error);
    await settled();
  }

  /** A record has all turns that were taken by the time it was made. */
  private write(): Promise<void> {
    this.records.push(`${this.taken - this.written} turns`);
    this.written = this.taken;
    return new Promise((resolve, reject) => {
      this.writes.push({ resolve, reject });
    });
  }
}

/** Whatever follows from what was settled has happened. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

describe('group commit', () => {
  it('takes into the next record all turns since the last one', async () => {
    const writer = new Writer();
    writer.turn('a');
    writer.turn('b');
    writer.turn('c');
    expect(writer.records).toEqual(['1 turns']);

    await writer.finish();
    expect(writer.records).toEqual(['1 turns', '2 turns']);
    await writer.finish();

    expect(writer.released).toEqual(['a', 'b+c']);
  });

  it('lets nothing out before the record of its turn is durable', async () => {
    const writer = new Writer();
    writer.turn('a');
    await Promise.resolve();
    expect(writer.released).toEqual([]);

    await writer.finish();
    writer.turn('b');
    await Promise.resolve();

    expect(writer.released).toEqual(['a']);
  });

  it('lets nothing out any more when a record could not be written', async () => {
    const writer = new Writer();
    writer.turn('a');
    writer.turn('b');
    await writer.finish(new Error('no room left'));
    writer.turn('c');
    await writer.finish();

    expect(writer.released).toEqual([]);
    expect(writer.records).toEqual(['1 turns']);
    expect(writer.failures).toEqual([new Error('no room left')]);
  });
});
