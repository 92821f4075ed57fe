import { Sfc32 } from '#core/base/sfc32.ts';
import { ByteWriter } from '#core/persistent/store/byte-writer.ts';
import { checksumOf } from '#core/persistent/store/checksum.ts';

import type { Draw } from './ambient.ts';

/** After so many numbers nothing of the regular initial states can be seen any more. */
const WARM_UP = 8;

/**
 * A random number in [0, 1), told by its place alone: storage keeps a counter and nothing else. No
 * cryptography: who must not be guessed asks the host.
 */
export function numberDrawn({ seed, index }: Draw): number {
  const writer = new ByteWriter();
  writer.text(seed);
  const { high, low } = checksumOf(writer.view(), 0);
  const epoch = Math.floor(index / 0x100000000);
  const generator = new Sfc32([high, low, index >>> 0, epoch + 1]);
  for (let i = 0; i < WARM_UP; i++) generator.next();
  return generator.next();
}
