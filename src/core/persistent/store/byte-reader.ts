import { StoreError } from './store-error.ts';

const SCRATCH = new DataView(new ArrayBuffer(8));
/** `String.fromCharCode` takes its arguments from the stack. */
const CHUNK = 4096;

/** Reads back what a ByteWriter wrote. Can be pointed at any place of any buffer. */
export class ByteReader {
  bytes: Uint8Array;
  position: number;

  constructor(bytes: Uint8Array, position = 0) {
    this.bytes = bytes;
    this.position = position;
  }

  byte(): number {
    const value = this.bytes[this.position++];
    if (value === undefined) throw new StoreError('the content ends too early');
    return value;
  }

  uint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
  }

  float(): number {
    for (let i = 0; i < 8; i++) SCRATCH.setUint8(i, this.byte());
    return SCRATCH.getFloat64(0, true);
  }

  text(): string {
    const length = this.uint();
    const end = this.position + length;
    if (end > this.bytes.length) throw new StoreError('the content ends too early');
    let text = '';
    for (let from = this.position; from < end; from += CHUNK) {
      const units = this.bytes.subarray(from, Math.min(from + CHUNK, end));
      for (let i = 0; i < units.length; i++) {
        if ((units[i] ?? 0) >= 0x80) return this.#wideText(length);
      }
      text += Reflect.apply(String.fromCharCode, undefined, units);
    }
    this.position = end;
    return text;
  }

  raw(length: number): Uint8Array {
    const start = this.position;
    this.position += length;
    if (this.position > this.bytes.length) throw new StoreError('the content ends too early');
    return this.bytes.slice(start, this.position);
  }

  #wideText(length: number): string {
    let text = '';
    for (let i = 0; i < length; i++) text += String.fromCharCode(this.uint());
    return text;
  }
}
