/** Two independent 32-bit hashes of the same bytes. */
export interface Checksum {
  readonly high: number;
  readonly low: number;
}

/**
 * Each step is a bijection of the running hash for a given word, and differs for different words:
 * a change confined to one word (hence any single byte) always changes both halves.
 */
export function checksumOf(bytes: Uint8Array, seed: number): Checksum {
  let high = 0x9e3779b9 ^ seed;
  let low = 0x85ebca6b ^ Math.imul(seed, 0x27d4eb2f) ^ bytes.length;
  const whole = bytes.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    const word = wordAt(bytes, i);
    high = step(high, word, 0x01000193);
    low = step(low, word, 0xcc9e2d51);
  }
  for (let i = whole; i < bytes.length; i++) {
    const word = bytes[i] ?? 0;
    high = step(high, word, 0x01000193);
    low = step(low, word, 0xcc9e2d51);
  }
  return { high: finish(high), low: finish(low) };
}

function wordAt(bytes: Uint8Array, i: number): number {
  return (
    (bytes[i] ?? 0) |
    ((bytes[i + 1] ?? 0) << 8) |
    ((bytes[i + 2] ?? 0) << 16) |
    ((bytes[i + 3] ?? 0) << 24)
  );
}

function step(hash: number, word: number, prime: number): number {
  const mixed = Math.imul(hash ^ word, prime);
  return (mixed << 13) | (mixed >>> 19);
}

function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
