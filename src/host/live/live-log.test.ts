import { describe, expect, it } from 'vitest';

import { MemoryDisk } from '#host/storage/memory-disk.ts';

import { LiveLog } from './live-log.ts';

/** A machine whose state takes so many bytes, and each change of it so many. */
class Recorder {
  readonly made: string[] = [];
  private readonly state: number;
  private readonly change: number;

  constructor(state: number, change: number) {
    this.state = state;
    this.change = change;
  }

  commit(): Uint8Array {
    this.made.push('record');
    return new Uint8Array(this.change);
  }

  compact(): Uint8Array {
    this.made.push('snapshot');
    return new Uint8Array(this.state);
  }
}

describe('the log of a live replica', () => {
  it('makes the record at once, so that it has the turns that there are by then', () => {
    const recorder = new Recorder(100, 10);
    const log = new LiveLog(new MemoryDisk());
    void log.write(recorder);

    expect(recorder.made).toEqual(['record']);
  });

  it('puts a snapshot in the place of a log that has outgrown the state, and stays small', async () => {
    const disk = new MemoryDisk();
    const log = new LiveLog(disk);
    await log.clear();
    const recorder = new Recorder(1000, 10_000);
    const sizes: number[] = [];
    for (let i = 0; i < 100; i++) {
      await log.write(recorder);
      sizes.push(log.size);
    }

    expect(recorder.made.filter((kind) => kind === 'snapshot').length).toBeGreaterThan(5);
    expect(Math.max(...sizes)).toBeLessThan(100_000);
    const kept = (await disk.load()).reduce((sum, { length }) => sum + length, 0);
    expect(log.size).toBe(kept);
    expect(log.commits).toBe(100);
  });

  it('begins where the disk is', async () => {
    const disk = new MemoryDisk();
    await disk.replace([new Uint8Array(5), new Uint8Array(7)]);
    const log = new LiveLog(disk);

    expect(await log.load()).toHaveLength(2);
    expect(log.size).toBe(12);
    await log.clear();
    expect(log.size).toBe(0);
    expect(await disk.load()).toEqual([]);
  });
});
