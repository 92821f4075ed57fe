import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { CommitCertificate, PreparedCertificate } from './certificate.ts';
import {
  commitCertificate,
  commitCertificateRejection,
  committedCertificate,
  preparedCertificate,
  preparedCertificateRejection,
} from './certificate.ts';
import type { Configuration } from './configuration.ts';
import { quorumsIn } from './configuration.ts';
import { faultsTolerated } from './quorum.ts';
import { commitFrom, digestOf, prePrepareFrom, prepareFrom, sample } from './sample-messages.ts';

const other = digestOf('e');
const proposal = prePrepareFrom(0);
const prepared: PreparedCertificate = {
  prePrepare: proposal,
  prepares: [prepareFrom(1), prepareFrom(2)],
};
const commits = [0, 1, 2].map((i) => commitFrom(i));
const committed: CommitCertificate = {
  view: proposal.body.view,
  sequence: proposal.body.sequence,
  digest: proposal.body.digest,
  commits,
};

function without(rule: string): Configuration {
  return { ...sample, ablation: [rule] };
}

describe('prepared certificate', () => {
  it('[N4] takes a pre-prepare and Q - 1 matching prepares from different backups', () => {
    const prepares = [prepareFrom(1), prepareFrom(2)];

    expect(preparedCertificate(sample, proposal, prepares)).toEqual({
      prePrepare: proposal,
      prepares,
    });
  });

  it('[N4] takes no more than it needs, the first that match', () => {
    const prepares = [
      prepareFrom(3),
      prepareFrom(1, { digest: other }),
      prepareFrom(2),
      prepareFrom(1),
    ];

    expect(preparedCertificate(sample, proposal, prepares)?.prepares).toEqual([
      prepareFrom(3),
      prepareFrom(2),
    ]);
  });

  it.each([
    { why: 'there is no prepare', prepares: [] },
    { why: 'there is one too few', prepares: [prepareFrom(1)] },
    { why: 'one backup speaks twice', prepares: [prepareFrom(1), prepareFrom(1)] },
    { why: 'the primary speaks for itself', prepares: [prepareFrom(0), prepareFrom(1)] },
    { why: 'a digest differs', prepares: [prepareFrom(1), prepareFrom(2, { digest: other })] },
    { why: 'a view differs', prepares: [prepareFrom(1), prepareFrom(2, { view: 1 })] },
    {
      why: 'a sequence number differs',
      prepares: [prepareFrom(1), prepareFrom(2, { sequence: 2 })],
    },
    { why: 'one is no member', prepares: [prepareFrom(1), prepareFrom(4)] },
    {
      why: 'one is in the name of another',
      prepares: [prepareFrom(1), prepareFrom(2, { signer: 3 })],
    },
  ])('[N4] is missing when $why', ({ prepares }) => {
    expect(preparedCertificate(sample, proposal, prepares)).toBeUndefined();
  });

  it('[N4] of a cluster of one is its own pre-prepare', () => {
    const alone = { ...sample, n: 1, f: 0 };
    expect(preparedCertificate(alone, proposal, [])).toEqual({
      prePrepare: proposal,
      prepares: [],
    });
  });

  it('[N4] needs exactly 3 of 4 replicas, the primary included', () => {
    const one = preparedCertificate(sample, proposal, [prepareFrom(1)]);
    const two = preparedCertificate(sample, proposal, [prepareFrom(1), prepareFrom(3)]);
    expect([one, two?.prepares.length]).toEqual([undefined, 2]);
  });

  it('[N4] two of one slot have one digest, unless more than f replicas lie', () => {
    const split = fc.integer({ min: 4, max: 20 }).chain((n) =>
      fc.record({
        n: fc.constant(n),
        liars: fc.subarray(upTo(n), { maxLength: faultsTolerated(n) }),
        side: fc.array(fc.boolean(), { minLength: n, maxLength: n }),
      }),
    );
    fc.assert(
      fc.property(split, ({ n, liars, side }) => {
        const c = { ...sample, n, f: faultsTolerated(n) };
        // Everyone votes for one digest, the liars for both; the primary lies too if it is among them.
        const votesOf = (mine: boolean, digest: typeof other): ReturnType<typeof prepareFrom>[] =>
          upTo(n)
            .filter((i) => liars.includes(i) || (side[i] === mine && i !== 0))
            .map((i) => prepareFrom(i, { digest }));
        const proposals = [true, false].map((mine) => {
          const digest = mine ? proposal.body.digest : other;
          const proposed = liars.includes(0) || side[0] === mine;
          const certificate = preparedCertificate(
            c,
            prePrepareFrom(0, { digest }),
            votesOf(mine, digest),
          );
          return proposed ? certificate : undefined;
        });
        expect(proposals.filter((certificate) => certificate !== undefined).length).toBeLessThan(2);
      }),
    );
  });

  it('[N28] two of one slot have two digests with 2f + 1 of five, but not with Q', () => {
    const halves = [
      { digest: proposal.body.digest, backups: [1, 2] },
      { digest: other, backups: [3, 4] },
    ];
    const certificates = (c: Configuration): unknown[] =>
      halves.map(({ digest, backups }) =>
        preparedCertificate(
          c,
          prePrepareFrom(0, { digest }),
          backups.map((i) => prepareFrom(i, { digest })),
        ),
      );
    expect(certificates({ ...without('naive-quorum-2f+1'), n: 5 })).not.toContain(undefined);
    expect(certificates({ ...sample, n: 5 })).toEqual([undefined, undefined]);
  });

  it('[N28] counts the primary where that rule is left out', () => {
    const prepares = [prepareFrom(0), prepareFrom(1)];
    expect(preparedCertificate(without('count-primary-prepare'), proposal, prepares)).toEqual({
      prePrepare: proposal,
      prepares,
    });
  });

  it('[N28] counts a backup twice where deduplication is left out', () => {
    const prepares = [prepareFrom(1), prepareFrom(1)];
    expect(preparedCertificate(without('no-vote-deduplication'), proposal, prepares)).toBeDefined();
  });
});

describe('committed certificate', () => {
  it("[N5] takes what is prepared and Q matching commits, the own and the primary's included", () => {
    expect(committedCertificate(sample, prepared, commits)).toEqual(committed);
  });

  it.each([
    { why: 'there is one too few', commits: [commitFrom(0), commitFrom(1)] },
    { why: 'one replica speaks twice', commits: [commitFrom(0), commitFrom(1), commitFrom(1)] },
    {
      why: 'a digest differs',
      commits: [commitFrom(0), commitFrom(1), commitFrom(2, { digest: other })],
    },
    {
      why: 'all are for another digest',
      commits: upTo(4).map((i) => commitFrom(i, { digest: other })),
    },
    { why: 'a view differs', commits: [commitFrom(0), commitFrom(1), commitFrom(2, { view: 1 })] },
    {
      why: 'a sequence number differs',
      commits: [commitFrom(0), commitFrom(1), commitFrom(2, { sequence: 2 })],
    },
    { why: 'one is no member', commits: [commitFrom(0), commitFrom(1), commitFrom(4)] },
  ])('[N5] is missing when $why', ({ commits }) => {
    expect(committedCertificate(sample, prepared, commits)).toBeUndefined();
  });

  it('[N28] needs no commit where that phase is left out', () => {
    expect(committedCertificate(without('no-commit-phase'), prepared, [])).toEqual({
      ...committed,
      commits: [],
    });
  });

  it.each([
    { rule: 'quorum-f+1', needed: 2 },
    { rule: 'naive-quorum-2f+1', needed: 3 },
    { rule: 'none', needed: 4 },
  ])('[N28] of five replicas needs $needed commits with $rule', ({ rule, needed }) => {
    const five = { ...without(rule), n: 5 };
    expect(
      committedCertificate(
        five,
        prepared,
        upTo(needed - 1).map((i) => commitFrom(i)),
      ),
    ).toBeUndefined();
    expect(
      committedCertificate(
        five,
        prepared,
        upTo(needed).map((i) => commitFrom(i)),
      ),
    ).toBeDefined();
  });
});

describe('commit certificate', () => {
  it.each([0, 7])('[N6] of view %i decides in any view, with nothing prepared here', (view) => {
    const votes = upTo(3).map((i) => commitFrom(i, { view }));
    expect(commitCertificate(sample, votes)).toEqual({ ...committed, view, commits: votes });
  });

  it('[N6] is found among commits of other views and digests', () => {
    const noise = [commitFrom(3, { view: 1 }), commitFrom(3, { digest: other })];
    expect(commitCertificate(sample, [...noise, ...commits])).toEqual(committed);
  });

  it('[N6] counts a replica that committed in an older view too', () => {
    const votes = [commitFrom(0, { view: 2 }), ...upTo(3).map((i) => commitFrom(i, { view: 1 }))];
    expect(commitCertificate(sample, votes)).toMatchObject({ view: 1 });
  });

  it.each([
    { why: 'views differ', votes: [commitFrom(0), commitFrom(1), commitFrom(2, { view: 1 })] },
    {
      why: 'digests differ',
      votes: [commitFrom(0), commitFrom(1), commitFrom(2, { digest: other })],
    },
    { why: 'one replica speaks twice', votes: [commitFrom(0), commitFrom(1), commitFrom(1)] },
    { why: 'there is none', votes: [] },
  ])('[N6] is missing when $why', ({ votes }) => {
    expect(commitCertificate(sample, votes)).toBeUndefined();
  });
});

describe('a stored certificate', () => {
  it('[N4] [N6] stands when it is what was made', () => {
    expect(preparedCertificateRejection(sample, prepared)).toBeUndefined();
    expect(commitCertificateRejection(sample, committed)).toBeUndefined();
  });

  it.each<{ why: string; certificate: PreparedCertificate }>([
    { why: 'no primary proposed', certificate: { ...prepared, prePrepare: prePrepareFrom(1) } },
    {
      why: 'another primary proposed',
      certificate: { ...prepared, prePrepare: prePrepareFrom(0, { view: 1 }) },
    },
    { why: 'it lacks a prepare', certificate: { ...prepared, prepares: [prepareFrom(1)] } },
    {
      why: 'a prepare stands twice',
      certificate: { ...prepared, prepares: [prepareFrom(1), prepareFrom(1)] },
    },
    {
      why: 'a prepare too many does not match',
      certificate: { ...prepared, prepares: [...prepared.prepares, prepareFrom(3, { view: 1 })] },
    },
    {
      why: 'the primary prepared',
      certificate: { ...prepared, prepares: [prepareFrom(0), prepareFrom(1)] },
    },
  ])('[N4] falls when $why', ({ certificate }) => {
    expect(preparedCertificateRejection(sample, certificate)).toBe('bad-certificate');
  });

  it.each<{ why: string; certificate: CommitCertificate }>([
    { why: 'it lacks a commit', certificate: { ...committed, commits: commits.slice(1) } },
    {
      why: 'a commit stands twice',
      certificate: { ...committed, commits: [...commits.slice(1), commitFrom(1)] },
    },
    {
      why: 'one more than enough is a repeated one',
      certificate: { ...committed, commits: [...commits, commitFrom(1)] },
    },
    {
      why: 'one more than enough is of another digest',
      certificate: { ...committed, commits: [...commits, commitFrom(3, { digest: other })] },
    },
    { why: 'it names another digest', certificate: { ...committed, digest: other } },
  ])('[N6] falls when $why', ({ certificate }) => {
    expect(commitCertificateRejection(sample, certificate)).toBe('bad-certificate');
  });

  it('[N6] stands with more commits than it needs', () => {
    const certificate = { ...committed, commits: [...commits, commitFrom(3)] };
    expect(certificate.commits.length).toBeGreaterThan(quorumsIn(sample).quorum);
    expect(commitCertificateRejection(sample, certificate)).toBeUndefined();
  });
});

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
