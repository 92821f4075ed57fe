import { lazy, Suspense, useState, type ReactNode } from 'react';

const LessonsDialog = lazy(async () => {
  const { LessonsDialog: dialog } = await import('./lessons-dialog.tsx');
  return { default: dialog };
});

/** Opens the list of lessons. */
export function LessonsButton(): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button data-quiet data-testid="lessons" onClick={() => setOpen(true)}>
        Lessons
      </button>
      <Suspense>{open ? <LessonsDialog onClose={() => setOpen(false)} /> : null}</Suspense>
    </>
  );
}
