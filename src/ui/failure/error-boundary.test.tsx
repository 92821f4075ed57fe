// @vitest-environment happy-dom
import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ErrorBoundary } from './error-boundary.tsx';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

let broken = true;

function Fragile(): ReactNode {
  if (broken) throw new Error('no such replica');
  return <p>drawn</p>;
}

describe('error boundary', () => {
  beforeEach(() => {
    broken = true;
    document.body.innerHTML = '<div id="place"></div>';
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });
  afterEach(() => vi.restoreAllMocks());

  it('says what could not be drawn and why, and draws it when asked again', () => {
    const place = document.querySelector('#place');
    expect(place).not.toBeNull();
    if (place === null) return;
    const root = createRoot(place);
    act(() =>
      root.render(
        <ErrorBoundary part="The stage">
          <Fragile />
        </ErrorBoundary>,
      ),
    );
    expect(place.querySelector('[role="alert"]')?.textContent).toContain(
      'The stage could not be drawn',
    );
    expect(place.textContent).toContain('no such replica');

    broken = false;
    act(() => place.querySelector('button')?.click());

    expect(place.textContent).toBe('drawn');
    act(() => root.unmount());
  });
});
