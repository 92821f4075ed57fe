import { assert } from '#core/base/assert.ts';

/** The same list runs in vitest and in a bare page: these are its expectations. */
export function expectRecords(found: readonly Uint8Array[], expected: readonly Uint8Array[]): void {
  const lists = [found, expected].map((all) => JSON.stringify(all.map((bytes) => [...bytes])));
  assert(lists[0] === lists[1], `the records are ${lists[1]}, found ${lists[0]}`);
}

/** What the promise was refused with, in words. */
export async function refusalOf(what: string, promise: Promise<unknown>): Promise<string> {
  const refusal = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  assert(refusal instanceof Error, `${what} is refused with an error, not ${String(refusal)}`);
  assert(/^Stor(age|e)Error$/.test(refusal.name), `${what} is refused by the storage: ${refusal}`);
  return refusal.message;
}
