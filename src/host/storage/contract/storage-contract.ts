import { assert, defined } from '#core/base/assert.ts';
import { ObjectStore } from '#core/persistent/store/object-store.ts';
import { exportStorage, importStorage } from '#core/persistent/store/storage-file.ts';
import type { Disk } from '#host/storage/disk.ts';

import { expectRecords, refusalOf } from './expect.ts';
import type { Engine, Specimen } from './specimen.ts';

/** What every storage engine promises, each with how it is put to the test. */
interface Promised {
  readonly name: string;
  /** Absent: of every engine. */
  readonly of?: (engine: Engine) => boolean;
  readonly check: (engine: Engine) => Promise<void>;
}

const record = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);
const a = record(1, 2, 3);
const b = new Uint8Array(0);
const c = new Uint8Array(300_000).map((_, i) => (i * i) % 251);

/** Those that this engine makes. The same list runs over memory and fakes in Node, and over the real things in a browser. */
export function promisesOf(engine: Engine): readonly Promised[] {
  return contract.filter(({ of }) => of?.(engine) ?? true);
}

const contract: readonly Promised[] = [
  {
    name: 'a new storage holds nothing',
    check: (engine) => onceOpen(engine, async (disk) => expectRecords(await disk.load(), [])),
  },
  {
    name: 'keeps records whole and in the order of their commits, for whoever opens it next',
    check: async (engine) => {
      const specimen = await written(engine, [a, b, c, a]);
      await onceOpened(specimen, async (disk) => expectRecords(await disk.load(), [a, b, c, a]));
    },
  },
  {
    name: 'goes on where whoever had it before has stopped',
    check: async (engine) => {
      const specimen = await written(engine, [a]);
      await commitAll(specimen, [b]);
      await commitAll(specimen, [c]);
      await onceOpened(specimen, async (disk) => expectRecords(await disk.load(), [a, b, c]));
    },
  },
  {
    name: 'keeps the order of commits that do not wait for each other',
    check: async (engine) => {
      const records = Array.from({ length: 40 }, (_, i) => record(i, ...Array<number>(i).fill(7)));
      const specimen = await engine.make();
      await onceOpened(specimen, async (disk) => {
        await disk.load();
        await Promise.all(records.map((one) => disk.commit(one)));
      });
      await onceOpened(specimen, async (disk) => expectRecords(await disk.load(), records));
    },
  },
  {
    name: 'keeps a copy: bytes changed after a commit do not reach the storage',
    check: (engine) =>
      onceOpen(engine, async (disk) => {
        await disk.load();
        const bytes = record(7);
        await disk.commit(bytes);
        bytes[0] = 8;
        expectRecords(await disk.load(), [record(7)]);
      }),
  },
  {
    name: 'puts a snapshot in the place of the log, over and over, and goes on behind it',
    check: async (engine) => {
      const specimen = await written(engine, [a, b]);
      for (let i = 0; i < 5; i++) {
        await onceOpened(specimen, async (disk) => {
          await disk.load();
          await disk.reset(record(9, i));
          await disk.commit(b);
        });
        await commitAll(specimen, [a]);
      }
      await onceOpened(specimen, async (disk) => {
        expectRecords(await disk.load(), [record(9, 4), b, a]);
      });
    },
  },
  {
    name: 'is replaced whole, and cleared',
    check: async (engine) => {
      const specimen = await written(engine, [a, b]);
      await onceOpened(specimen, async (disk) => {
        await disk.load();
        await disk.replace([c, a, b]);
        await disk.commit(a);
      });
      await onceOpened(specimen, async (disk) => {
        expectRecords(await disk.load(), [c, a, b, a]);
        await disk.clear();
      });
      await onceOpened(specimen, async (disk) => expectRecords(await disk.load(), []));
    },
  },
  {
    name: 'is exported to one file, and imported by any other',
    check: async (engine) => {
      const [first, second] = [await programmed(engine), await engine.make()];
      let file = new Uint8Array(0);
      await onceOpened(first, async (disk) => {
        file = (await exportStorage(disk)).slice();
      });
      await onceOpened(second, (disk) => importStorage(file, disk));
      await onceOpened(second, async (disk) => {
        assert((await wordsIn(disk)) === words.join(), 'the words are those that were exported');
        const refusal = await refusalOf('a second import', importStorage(file, disk));
        assert(refusal.includes('not empty'), refusal);
      });
    },
  },
  {
    name: 'has one owner at a time: a second is refused, and comes in when the first has closed it',
    of: ({ hasOneOwner }) => hasOneOwner,
    check: async (engine) => {
      const specimen = await engine.make();
      const owner = await specimen.open();
      const refusal = await refusalOf('a second owner', specimen.open());
      assert(refusal.includes('another tab or worker has it open'), refusal);
      await owner.load();
      await owner.commit(a);
      await owner.close();
      await onceOpened(specimen, async (disk) => expectRecords(await disk.load(), [a]));
    },
  },
  {
    name: 'is refused with the number of the record when any byte of it has flipped',
    check: async (engine) => {
      const specimen = await programmed(engine);
      const pieces = await specimen.pieces();
      const contents = pieces.map(({ bytes }) => bytes);
      for (const [i, piece] of pieces.entries()) {
        for (let offset = 0; offset < piece.bytes.length; offset++) {
          const harmed = piece.bytes.slice();
          harmed[offset] = (harmed[offset] ?? 0) ^ (1 << (offset % 8));
          await specimen.overwrite(contents.map((bytes, k) => (k === i ? harmed : bytes)));
          const where = `byte ${offset} of piece ${i}`;
          const refusal = await onceOpened(specimen, (disk) => refusalOf(where, wordsIn(disk)));
          const number = piece.recordAt(offset);
          const names = number === undefined ? 'corrupt' : `record ${number}`;
          assert(refusal.includes(names), `${where} is told as ${names}: ${refusal}`);
        }
      }
    },
  },
  {
    name: 'is refused when a record is missing before the last',
    of: ({ tears }) => tears === 'none',
    check: async (engine) => {
      const specimen = await programmed(engine);
      const contents = (await specimen.pieces()).map(({ bytes }) => bytes);
      for (let missing = 0; missing < contents.length - 1; missing++) {
        await specimen.overwrite(contents.filter((_, i) => i !== missing));
        await onceOpened(specimen, (disk) => refusalOf('a log with a hole', wordsIn(disk)));
      }
    },
  },
  {
    name: 'goes on from the last whole record when its file ends anywhere before',
    of: ({ tears }) => tears === 'tail',
    check: async (engine) => {
      const records = [a, record(4), b, record(5, 6)];
      const next = record(8);
      const specimen = await written(engine, records);
      const [piece, ...others] = await specimen.pieces();
      const { bytes, recordAt } = defined(piece, 'a log in files has a first');
      for (let size = 0; size < bytes.length; size++) {
        const rest = others.map((other) => other.bytes);
        await specimen.overwrite([bytes.slice(0, size), ...rest]);
        const whole = size === 0 ? 0 : (recordAt(size) ?? 0);
        await onceOpened(specimen, async (disk) => {
          expectRecords(await disk.load(), records.slice(0, whole));
          await disk.commit(next);
        });
        await onceOpened(specimen, async (disk) => {
          expectRecords(await disk.load(), [...records.slice(0, whole), next]);
        });
      }
    },
  },
  {
    name: 'changes nothing when it refuses',
    check: async (engine) => {
      const specimen = await written(engine, [a]);
      await onceOpened(specimen, async (disk) => {
        await disk.load();
        await refusalOf('a record without memory', disk.commit(detached()));
        await refusalOf('a snapshot without memory', disk.reset(detached()));
        expectRecords(await disk.load(), [a]);
        await disk.commit(b);
      });
      await onceOpened(specimen, async (disk) => expectRecords(await disk.load(), [a, b]));
    },
  },
  {
    name: 'refuses to be written after it was closed',
    of: ({ hasOneOwner }) => hasOneOwner,
    check: async (engine) => {
      const specimen = await engine.make();
      const disk = await specimen.open();
      await disk.load();
      await disk.close();
      const refusal = await refusalOf('a late commit', disk.commit(a));
      assert(refusal.startsWith('A commit could not be written: '), refusal);
      await onceOpened(specimen, async (again) => expectRecords(await again.load(), []));
    },
  },
];

/** A buffer that was given away: nothing can be read from it any more. */
function detached(): Uint8Array {
  const bytes = record(2);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

const words = ['one', 'two', 'three'];

/** A storage with the records of a program: a commit for each word. */
async function programmed(engine: Engine): Promise<Specimen> {
  const specimen = await engine.make();
  await onceOpened(specimen, async (disk) => {
    const store = new ObjectStore(disk);
    const said: string[] = [];
    store.attach('said', said);
    for (const word of words) {
      said.push(word);
      await store.persist();
    }
  });
  return specimen;
}

async function wordsIn(disk: Disk): Promise<string> {
  return (await ObjectStore.load(disk)).resolve<string[]>('said').join();
}

async function written(engine: Engine, records: readonly Uint8Array[]): Promise<Specimen> {
  const specimen = await engine.make();
  await commitAll(specimen, records);
  return specimen;
}

async function commitAll(specimen: Specimen, records: readonly Uint8Array[]): Promise<void> {
  await onceOpened(specimen, async (disk) => {
    await disk.load();
    for (const one of records) await disk.commit(one);
  });
}

async function onceOpen<T>(engine: Engine, action: (disk: Disk) => Promise<T>): Promise<T> {
  return onceOpened(await engine.make(), action);
}

/** Closes it whatever happens: the next needs it. */
async function onceOpened<T>(specimen: Specimen, action: (disk: Disk) => Promise<T>): Promise<T> {
  const disk = await specimen.open();
  try {
    return await action(disk);
  } finally {
    await disk.close();
  }
}
