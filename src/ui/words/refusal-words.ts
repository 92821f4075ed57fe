import type { Refusal } from '#ui/picture/refusal.ts';

/** What a process did with a message that it did not take. */
export const refusalWords: Readonly<Record<Refusal, string>> = {
  surplus: 'has no more need of a message',
  stale: 'put aside a message that came too late',
  wrong: 'refused a message',
};

/** What stands behind a refusal: why, the rule, and the section of the paper. */
export const refusalReasons: Readonly<
  Record<Refusal, { readonly why: string; readonly rule: string; readonly section: string }>
> = {
  surplus: {
    why: 'Everybody sends to everybody, and enough is enough: what comes after the last vote or answer that was needed changes nothing. No attack, no fault.',
    rule: 'A vote counts once; a certificate needs no more than its quorum.',
    section: '§4.2',
  },
  stale: {
    why: 'It fits where its receiver was, or where it will be, and not where it stands now. What is missing is sent again.',
    rule: 'Views, watermarks and timestamps only grow.',
    section: '§4.2',
  },
  wrong: {
    why: 'No correct process has signed this as it stands. The first check that failed names the reason; a refused message changes nothing.',
    rule: 'Checks run in a fixed order: form, filters, signer, signatures, meaning.',
    section: '§4.2',
  },
};
