import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';

import { delegate, type Engine, Source } from '#core/persistent/index.ts';
import { MemoryStorage } from '#core/persistent/store/memory-storage.ts';
import { type StorageEngine } from '#core/persistent/store/storage.ts';
import { FileLog, type SyncFile } from '#host/storage/file-log.ts';
import { IndexedDbStorage } from '#host/storage/indexed-db-storage.ts';

import { Download } from './downloader.ts';
import { beat, watch } from './heartbeat.ts';
import { type CrashPoint, live, type Sample } from './mortal-application.ts';
import { Alarms, morning } from './persistent-timer.ts';
import { Pinger, Ponger } from './ping-pong.ts';
import { converse, Sayer } from './sayer.ts';
import { TravelAgent } from './travel-agent.ts';

let databases = 0;
const STEPS = ['reserve funds', 'book flight', 'book hotel', 'deduct funds'];

function pingPong(): void {
  const messages = new Source<string>();
  void new Ponger(messages).start();
  void new Pinger(messages).start(3);
}

function conversation(engine: Engine): void {
  const sayer = new Sayer('Hello');
  engine.attach('sayer', sayer);
  void converse(sayer, delegate(sayer, 'greet'));
}

function heartbeat(): void {
  const heart = new Source<number>();
  void watch(heart, 2500);
  void beat(heart, 3);
}

const samples: readonly Sample[] = [
  { name: 'ping-pong', main: pingPong },
  { name: 'sayer', main: conversation },
  { name: 'heartbeat', main: heartbeat },
  { name: 'persistent timer', main: () => void morning(new Alarms()) },
  { name: 'downloader', main: () => void new Download('moon').run(2000), failures: 3 },
  { name: 'downloader, too late', main: () => void new Download('moon').run(2000), failures: 99 },
  ...[undefined, ...STEPS].map((refused): Sample => ({
    name: refused === undefined ? 'travel agent' : `travel agent, refused: ${refused}`,
    main: () => void new TravelAgent('Ann').book(1000),
    refused,
  })),
];

/** A file that outlives whoever has it open. */
function memoryFile(): SyncFile {
  let content = new Uint8Array();
  return {
    read(bytes, { at }) {
      const found = content.subarray(at, at + bytes.length);
      bytes.set(found);
      return found.length;
    },
    write(bytes, { at }) {
      const next = new Uint8Array(Math.max(content.length, at + bytes.length));
      next.set(content);
      next.set(bytes, at);
      content = next;
      return bytes.length;
    },
    truncate(size) {
      const next = new Uint8Array(size);
      next.set(content.subarray(0, size));
      content = next;
    },
    getSize: () => content.length,
    flush: () => undefined,
    close: () => undefined,
  };
}

/** A disk: hands out a storage for it whenever a process starts. */
const disks: readonly { name: string; make: () => () => Promise<StorageEngine> }[] = [
  {
    name: 'memory',
    make: () => {
      const records = new MemoryStorage();
      const undying: StorageEngine = {
        load: () => records.load(),
        commit: (record) => records.commit(record),
        reset: (snapshot) => records.reset(snapshot),
        close: () => Promise.resolve(),
      };
      return () => Promise.resolve(undying);
    },
  },
  {
    name: 'IndexedDB',
    make: () => {
      const name = `samples-${databases++}`;
      return () => IndexedDbStorage.open(name);
    },
  },
  {
    name: 'file',
    make: () => {
      const files = [memoryFile(), memoryFile()] as const;
      return () => Promise.resolve(new FileLog(files));
    },
  },
];

const points: readonly CrashPoint[] = ['before commit', 'after commit', 'after release'];

describe.each(disks)('on $name', ({ make }) => {
  it.each(samples)(
    '$name ends as if it had never died, wherever it dies',
    async (sample) => {
      const reference = await live(sample, make());
      expect(reference.letters.length).toBeGreaterThan(0);

      for (let commit = 1; commit <= reference.commits; commit++) {
        for (const point of points) {
          const { letters, journal } = await live(sample, make(), { commit, point });

          expect({ commit, point, letters, journal }).toEqual({
            commit,
            point,
            letters: reference.letters,
            journal: reference.journal,
          });
        }
      }
    },
    60_000,
  );
});

describe('the travel agent', () => {
  const [memory] = disks;

  it.each([
    { refused: 'reserve funds', undone: [] },
    { refused: 'book flight', undone: ['cancel reservation'] },
    { refused: 'book hotel', undone: ['cancel flight', 'cancel reservation'] },
    { refused: 'deduct funds', undone: ['cancel hotel', 'cancel flight', 'cancel reservation'] },
  ])('undoes $undone when it is refused to $refused', async ({ refused, undone }) => {
    const sample = samples.find((s) => s.refused === refused);
    if (memory === undefined || sample === undefined) throw new Error('there is such a sample');

    const { journal, letters } = await live(sample, memory.make());

    expect(journal.slice(STEPS.indexOf(refused) + 1).map((line) => line.split(':')[0])).toEqual(
      undone,
    );
    expect(letters).toEqual([`Ann: not booked: Error: ${refused} is refused`]);
  });

  it('is told apart by the ids of its effects: a world that forgets them books twice', async () => {
    const sample = samples.find((s) => s.name === 'travel agent');
    if (memory === undefined || sample === undefined) throw new Error('there is such a sample');
    const forgetful = { ...sample, forgetsIds: true };

    const { journal } = await live(forgetful, memory.make(), { commit: 2, point: 'after release' });

    expect(journal.filter((line) => line.startsWith('book flight'))).toHaveLength(2);
  });
});
