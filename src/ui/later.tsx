import { lazy, Suspense, type ComponentType, type ReactNode } from 'react';

import { useLab } from './lab-context.ts';

/**
 * A part of the page that is read rather than watched. It is fetched once the stage moves, or rests: until then its
 * code would take the way of the first message.
 */
export function later<Props extends object>(
  fetchPart: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const Part = lazy(async () => ({ default: await fetchPart() }));
  return function Later(props: Props): ReactNode {
    const underway = useLab((state) => state.underway);
    return underway ? (
      <Suspense>
        <Part {...props} />
      </Suspense>
    ) : null;
  };
}
