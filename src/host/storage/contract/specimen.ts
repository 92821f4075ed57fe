import type { Disk } from '#host/storage/disk.ts';

/** One stretch of bytes as the medium has it. */
export interface Piece {
  readonly bytes: Uint8Array;
  /** The number of the record that lies at an offset; undefined where the engine keeps its own notes. */
  readonly recordAt: (offset: number) => number | undefined;
}

/** A storage under examination, by the front door and by the back. */
export interface Specimen {
  /** Opens it, as somebody who comes after whoever had it open. */
  open(): Promise<Disk>;
  /** What the medium holds, while nobody has the storage open. */
  pieces(): Promise<readonly Piece[]>;
  /** Puts other bytes onto the medium. */
  overwrite(pieces: readonly Uint8Array[]): Promise<void>;
}

/** A storage engine under examination. */
export interface Engine {
  readonly name: string;
  /** Opened twice, it refuses the second; where there is no sharing there is nothing to refuse. */
  readonly hasOneOwner: boolean;
  /** `tail`: a death may leave the end of a file half written. `none`: a record is there or not. */
  readonly tears: 'tail' | 'none';
  /** An empty storage that no other case has. */
  make(): Promise<Specimen>;
}
