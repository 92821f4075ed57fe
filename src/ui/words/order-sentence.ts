import type {
  OrderStep,
  OrderStory,
  ViewChangeVote,
  ViewEntry,
} from '#ui/picture/view-change-story.ts';

import { shortDigest } from './sentence.ts';

/** "R0, R2" */
export function namesOf(replicas: readonly number[]): string {
  return replicas.map((replica) => `R${replica}`).join(', ');
}

/** Where min-s comes from. */
export function minSentence({ minSequence, minFrom }: OrderStory): string {
  return minSequence === 0
    ? 'No VIEW-CHANGE in V shows a stable checkpoint.'
    : `The highest stable checkpoint in V (${namesOf(minFrom)}): up to it all is settled.`;
}

/** Where max-s comes from. */
export function maxSentence({ minSequence, maxSequence, maxFrom }: OrderStory): string {
  return maxSequence === minSequence
    ? 'No P in V has a certificate above min-s.'
    : `The highest place with a certificate in V (${namesOf(maxFrom)}).`;
}

/** Why O says what it says at one place. */
export function stepSentence({ claims, said, follows }: OrderStep): string {
  const [first, ...others] = claims;
  if (!follows) return wrongStepSentence(first?.digest, said);
  if (first === undefined) {
    return 'No certificate in V: nothing was committed here, so a null request fills the place.';
  }
  const shown = `${shortDigest(first.digest)} prepared in view ${first.view} (${namesOf(first.replicas)})`;
  if (others.length === 0) return `${shown}: the only certificate, so it may be committed.`;
  const beaten = others
    .map(
      ({ digest, view, replicas }) =>
        `${shortDigest(digest)} of view ${view} (${namesOf(replicas)})`,
    )
    .join(', ');
  return others.some(({ view }) => view === first.view)
    ? `${shown} beside ${beaten}: two digests in one view, so more than f replicas are faulty.`
    : `${shown}: the highest view wins over ${beaten}.`;
}

function wrongStepSentence(implied: string | undefined, said: OrderStep['said']): string {
  const should = implied === undefined ? 'a null request' : shortDigest(implied);
  const does =
    said === undefined ? 'nothing' : said.null ? 'a null request' : shortDigest(said.digest);
  return `V implies ${should}, O says ${does}: nobody checked it.`;
}

const causes: Readonly<Record<ViewChangeVote['cause'], string>> = {
  timer: 'timer ran out',
  join: 'joins f + 1 others',
  'faulty-primary': 'primary proven faulty',
  'invalid-new-view': 'NEW-VIEW proves nothing',
};

/** Why a VIEW-CHANGE was sent, in short. */
export function causeWords({ cause }: ViewChangeVote): string {
  return causes[cause];
}

/** What a replica made of the NEW-VIEW. */
export function entrySentence({ state, reason, detail }: ViewEntry, view: number): string {
  switch (state) {
    case 'began':
      return `computed O, began view ${view}`;
    case 'unheard':
      return 'computed O, but nobody has heard its NEW-VIEW';
    case 'entered':
      return 'computed O again: the same. Entered';
    case 'refused':
      return `refused the NEW-VIEW: ${detail ?? reason?.replaceAll('-', ' ') ?? ''}`;
    case 'asking':
      return `asks for view ${view}, waits for its NEW-VIEW`;
    case 'elsewhere':
      return 'has not asked for this view';
  }
}
