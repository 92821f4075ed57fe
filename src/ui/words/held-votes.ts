/** How many votes are held of those that are needed: "2 of 3", and "4 ≥ 3" where there are more than enough. */
export function heldVotes(held: number, needed: number): string {
  return held > needed ? `${held} ≥ ${needed}` : `${held} of ${needed}`;
}
