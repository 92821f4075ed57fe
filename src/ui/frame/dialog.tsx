import { useEffect, useId, useRef, type ReactNode } from 'react';

import styles from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  /** What tests find it by. */
  readonly testId: string;
  readonly width?: 'narrow' | 'middle' | 'wide';
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A question or a list in front of the page. It is there as long as it is drawn; Escape closes it. */
export function Dialog({
  title,
  testId,
  width = 'narrow',
  onClose,
  children,
}: DialogProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className={styles['dialog']}
      data-width={width}
      data-testid={testId}
      aria-labelledby={titleId}
      onClose={onClose}
    >
      <h2 id={titleId}>{title}</h2>
      {children}
    </dialog>
  );
}

/** The last row of a dialog: what it says on the left, what one does on the right. */
export function DialogEnds({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className={styles['ends']}>{children}</div>;
}
