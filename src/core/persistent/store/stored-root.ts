import { GraphReader } from './graph-reader.ts';
import { LogImage } from './log-image.ts';

/** What is attached under `name` in a storage log, and what that leads to: nothing else is looked at. */
export function storedRoot(records: readonly Uint8Array[], name: string): object | undefined {
  const image = new LogImage(records);
  const id = image.roots.get(name);
  if (id === undefined) return undefined;
  const reader = new GraphReader(image, {});
  const object = reader.object(id);
  reader.finish();
  return object;
}
