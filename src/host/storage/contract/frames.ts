import type { Piece } from './specimen.ts';

const fileHeaderBytes = 16;
const frameBytes = 20;

/** The file of a log as a piece: after the file's header, frames of a header, the record and its checksum. */
export function fileAsPiece(bytes: Uint8Array): Piece {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts: number[] = [];
  for (let at = fileHeaderBytes; at < bytes.length; at += frameBytes + view.getUint32(at, true)) {
    starts.push(at);
  }
  return {
    bytes,
    recordAt: (offset) =>
      offset < fileHeaderBytes ? undefined : starts.findLastIndex((start) => start <= offset),
  };
}

/** A record that the medium keeps by itself. */
export function recordAsPiece(bytes: Uint8Array, number: number): Piece {
  return { bytes, recordAt: () => number };
}
