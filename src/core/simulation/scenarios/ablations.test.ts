import { expect, it } from 'vitest';

import { ablations } from '#core/pbft/configuration.ts';

import { ablationSources } from './ablations.ts';

it.each(ablations)('[N28] %s does harm in a built-in scenario', (name) => {
  const [source] = ablationSources.filter(([, { ablation }]) => ablation?.includes(name));

  expect(source?.[1].ablation).toEqual([name]);
  expect(source?.[1].expect?.safe).toBe(false);
  expect(source?.[1].expect?.violations).not.toEqual([]);
});
