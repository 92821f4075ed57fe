import { MemoryDisk } from '#host/storage/memory-disk.ts';

import { recordAsPiece } from './frames.ts';
import type { Engine } from './specimen.ts';

/** Disks in the page's memory. */
export const memoryEngine: Engine = {
  name: 'memory',
  hasOneOwner: false,
  tears: 'none',
  make: () => {
    const disk = new MemoryDisk();
    return Promise.resolve({
      open: () => Promise.resolve(disk),
      pieces: async () => (await disk.load()).map(recordAsPiece),
      overwrite: (pieces) => disk.replace(pieces),
    });
  },
};
