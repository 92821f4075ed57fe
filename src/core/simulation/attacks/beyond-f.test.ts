import { describe, expect, it } from 'vitest';

import { attacked, operation, puts, sound, villain } from './attack.ts';

describe('more than f faults', { timeout: 30_000 }, () => {
  it('[A-X1] two colluding replicas of four split the others, and their signatures name both', () => {
    const run = attacked({
      steps: [
        { do: 'byzantine', replica: 0, behaviour: 'equivocate', split: [2] },
        villain(3),
        {
          do: 'partition',
          cut: [
            [1, 2],
            [2, 1],
          ],
        },
        ...puts(1),
        ...[
          { to: 1, operations: [operation(0)] },
          { to: 2, operations: [] },
        ].flatMap(({ to, operations }) =>
          (['prepare', 'commit'] as const).map((type) => ({
            do: 'send' as const,
            replica: 3,
            to,
            message: { type, view: 0, sequence: 1, operations },
            when: { replica: to, reaches: 'pre-prepared' as const },
          })),
        ),
      ],
      until: { atMs: 400 },
      expect: { safe: false, violations: ['agreement'] },
    });

    expect(run.verdict.met).toBe(true);
    const [violation] = run.verdict.violations.filter(({ invariant }) => invariant === 'agreement');
    expect(violation?.culprits).toEqual([0, 3]);
  });

  it('[A-X2] f + 1 silent replicas stop everything safely, and all goes on when they are back', () => {
    const run = attacked({
      steps: [
        ...[2, 3].map((replica) => ({ do: 'crash' as const, replica, at: 1 })),
        ...puts(3),
        { do: 'expectHere', executed: 0, at: 8000 },
        ...[2, 3].map((replica) => ({ do: 'restart' as const, replica, at: 8001 })),
      ],
      until: { executed: 3, atMs: 60_000 },
    });

    expect(run.end).toEqual(sound);
    expect(run.events('answered').every(({ atMs }) => atMs > 8000)).toBe(true);
  });

  it('[A-X3] f Byzantine and one amnesiac: safe while it only listens, and it stops', () => {
    const run = attacked({
      steps: [
        { do: 'byzantine', replica: 0, behaviour: 'equivocate', split: [3] },
        { do: 'restart', replica: 2, disk: 'wiped', at: 60 },
        ...puts(2),
      ],
      until: { atMs: 4000 },
    });

    expect(run.verdict).toMatchObject({ safe: true, violations: [] });
    expect(run.events('learner', 2)).toHaveLength(1);
  });
});
