import { ByteWriter } from './byte-writer.ts';
import { CHANGES } from './kind.ts';
import { LogImage, type Position } from './log-image.ts';
import { sealRecord } from './record.ts';
import { known } from './store-error.ts';

/**
 * One record that says what all the records of a storage log say, garbage included: for whoever has
 * the log, but not the program that could make its objects.
 */
export function mergedLog(records: readonly Uint8Array[]): Uint8Array {
  const image = new LogImage(records);
  const place = { kind: 'snapshot', number: 0, previous: 0 } as const;
  return sealRecord(place, headOf(image), bodyOf(image)).bytes;
}

function headOf({ state, nextId, strings, shapes }: LogImage): Uint8Array {
  const head = new ByteWriter();
  const indices = new Map(strings.map((text, index) => [text, index]));
  const string = (text: string): void => head.uint(known(indices.get(text), 'string', 0));
  for (const number of [state.turn, state.timeUs, state.draws, nextId]) head.uint(number);
  head.uint(strings.length);
  for (const text of strings) head.text(text);
  head.uint(shapes.length);
  for (const { owner, names } of shapes) {
    string(owner);
    head.uint(names.length);
    for (const name of names) string(name);
  }
  return head.view();
}

function bodyOf({ strings, roots, pins, objects, nextId }: LogImage): Uint8Array {
  const body = new ByteWriter();
  const content = (code: number, { bytes, offset, length }: Position): void => {
    body.byte(code);
    body.uint(length);
    body.raw(bytes.subarray(offset, offset + length));
  };
  body.uint(roots.size);
  for (const [name, id] of roots) {
    body.uint(strings.indexOf(name));
    body.uint(id);
  }
  body.uint(0);
  body.uint(pins.size);
  for (const pin of pins) body.uint(pin);
  const changes = [...objects].flatMap(([id, stored]) =>
    stored.changes.map((position) => ({ id, code: stored.code | CHANGES, position })),
  );
  body.uint(changes.length);
  for (const { id, code, position } of changes) {
    body.uint(id);
    content(code, position);
  }
  for (let id = 0; id < nextId; id++) {
    const { code, whole } = known(objects.get(id), 'object', id);
    content(code, whole);
  }
  return body.view();
}
