/** Where a generator is: four unsigned 32-bit integers, plain data. */
export type RandomState = readonly [number, number, number, number];

/** The generator sfc32. Integer arithmetic only, so the same state gives the same numbers in every browser and in Node. */
export class Sfc32 {
  #a: number;
  #b: number;
  #c: number;
  #counter: number;

  constructor(state: RandomState) {
    [this.#a, this.#b, this.#c, this.#counter] = state;
  }

  /** A number in [0, 1) with 53 random bits. */
  next(): number {
    const high = this.#word() >>> 5;
    const low = this.#word() >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  }

  /** `new Sfc32(state)` goes on from here. */
  get state(): RandomState {
    return [this.#a, this.#b, this.#c, this.#counter];
  }

  #word(): number {
    const sum = (this.#a + this.#b + this.#counter) >>> 0;
    this.#counter = (this.#counter + 1) >>> 0;
    this.#a = (this.#b ^ (this.#b >>> 9)) >>> 0;
    this.#b = (this.#c + (this.#c << 3)) >>> 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) >>> 0;
    return sum;
  }
}
