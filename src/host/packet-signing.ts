import { encodePacket } from '#core/pbft/codec.ts';
import type { Configuration } from '#core/pbft/configuration.ts';
import type { Packet } from '#core/pbft/message.ts';
import { signing } from '#core/pbft/signing.ts';

import type { KeyRing } from './crypto/key-ring.ts';

/** The bytes of a packet that leaves: own messages in it signed, nested ones first. */
export async function signedBytes(
  packet: Packet,
  configuration: Configuration,
  keys: KeyRing,
): Promise<Uint8Array> {
  const tasks = signing(packet, configuration);
  let step = tasks.next();
  while (step.done !== true) {
    step = tasks.next(await keys.sign(step.value.signer, step.value.bytes));
  }
  return encodePacket(step.value, configuration);
}
