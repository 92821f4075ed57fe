/** Draw number `draw` of the generator that `seed` stands for: a function, so only a counter is state. */
export function randomAt(seed: Seed, draw: number): number {
  let state =
    Math.imul(draw + 1, 0x9e3779b1) ^ Math.imul(Math.floor(draw / 0x100000000), 0x85ebca6b);
  let high = mix(state ^ seed[0]);
  let low = mix(Math.imul(state, 0xc2b2ae35) ^ seed[1] ^ high);
  state = mix(high ^ seed[2]);
  high = mix(high ^ Math.imul(low, 0x27d4eb2f) ^ seed[3]) >>> 5;
  low = mix(low ^ state) >>> 6;
  return (high * 0x4000000 + low) / 0x20000000000000;
}

export type Seed = readonly [number, number, number, number];

/** Four different hashes of the same text. */
export function seedFrom(text: string): Seed {
  return [
    hash(text, 0x243f6a88),
    hash(text, 0x85a308d3),
    hash(text, 0x13198a2e),
    hash(text, 0x03707344),
  ];
}

function hash(text: string, start: number): number {
  let state = start ^ text.length;
  for (let i = 0; i < text.length; i++) {
    state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
    state = (state << 13) | (state >>> 19);
  }
  return mix(state);
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return mixed ^ (mixed >>> 16);
}
