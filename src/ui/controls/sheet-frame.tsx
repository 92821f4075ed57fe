import { useEffect, type ReactNode } from 'react';

import styles from './control-panel.module.css';

interface SheetFrameProps {
  readonly title: string;
  readonly act: string;
  readonly onAct: () => void;
  readonly onDone: () => void;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

/** A form that does one thing and closes; Escape leaves it. */
export function SheetFrame(props: SheetFrameProps): ReactNode {
  const { title, act, onAct, onDone, disabled = false, children } = props;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onDone();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onDone]);
  return (
    <form
      className={styles['sheet']}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        onAct();
        onDone();
      }}
    >
      <h3>{title}</h3>
      {children}
      <div className={styles['ends']}>
        <button type="button" data-quiet onClick={onDone}>
          Cancel
        </button>
        <button type="submit" data-primary disabled={disabled}>
          {act}
        </button>
      </div>
    </form>
  );
}
