/** A message that cannot be written yet, in words. */
export class Unwritable extends Error {
  override readonly name = 'Unwritable';
}
