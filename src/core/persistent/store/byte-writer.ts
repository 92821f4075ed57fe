const SCRATCH = new DataView(new ArrayBuffer(8));

/** A growing buffer of variable-length integers, floats, texts and raw bytes. Reused between records. */
export class ByteWriter {
  length = 0;
  #bytes = new Uint8Array(1024);

  clear(): void {
    this.length = 0;
  }

  byte(value: number): void {
    if (this.length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.length++] = value;
  }

  /** A natural number up to 2^53 - 1, seven bits a byte, lowest first. */
  uint(value: number): void {
    if (this.length + 8 > this.#bytes.length) this.#grow(8);
    const bytes = this.#bytes;
    let rest = value;
    while (rest >= 0x80) {
      bytes[this.length++] = (rest & 0x7f) | 0x80;
      rest = rest < 0x80000000 ? rest >>> 7 : Math.floor(rest / 0x80);
    }
    bytes[this.length++] = rest;
  }

  float(value: number): void {
    SCRATCH.setFloat64(0, value, true);
    for (let i = 0; i < 8; i++) this.byte(SCRATCH.getUint8(i));
  }

  /** UTF-16 code units as integers: ASCII takes a byte each, and lone surrogates survive. */
  text(value: string): void {
    this.uint(value.length);
    if (this.length + value.length * 3 > this.#bytes.length) this.#grow(value.length * 3);
    for (let i = 0; i < value.length; i++) {
      const unit = value.charCodeAt(i);
      if (unit < 0x80) this.#bytes[this.length++] = unit;
      else this.uint(unit);
    }
  }

  raw(value: Uint8Array): void {
    if (this.length + value.length > this.#bytes.length) this.#grow(value.length);
    this.#bytes.set(value, this.length);
    this.length += value.length;
  }

  /** Leaves room for a length in front of what follows. To be closed with `close`. */
  open(): number {
    this.byte(0);
    return this.length;
  }

  /** Writes the number of bytes since `open` in front of them. */
  close(start: number): void {
    const size = this.length - start;
    if (size < 0x80) {
      this.#bytes[start - 1] = size;
      return;
    }
    this.length = start - 1;
    const moved = this.#bytes.slice(start, start + size);
    this.uint(size);
    this.raw(moved);
  }

  /** What was written. Valid until the next write. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  #grow(atLeast: number): void {
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + atLeast));
    grown.set(this.#bytes.subarray(0, this.length));
    this.#bytes = grown;
  }
}
