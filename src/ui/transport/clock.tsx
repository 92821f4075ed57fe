import { useRef, type ReactNode } from 'react';

import { formatTime } from '#ui/picture/timeline-scale.ts';
import { useMoving } from '#ui/use-moving.ts';

/** Virtual time at the playhead. */
export function Clock(): ReactNode {
  const output = useRef<HTMLOutputElement>(null);
  useMoving(({ nowMs }) => {
    if (output.current !== null) output.current.textContent = formatTime(nowMs);
  });
  return <output ref={output} data-testid="now" aria-label="Virtual time" aria-live="off" />;
}
