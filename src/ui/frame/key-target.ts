/** Whether the focused element uses the key itself, so that it is no shortcut there. */
export function usesKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('input, select, textarea, dialog, [contenteditable]') !== null) return true;
  if (target.closest('[role="tab"]') !== null && key.startsWith('Arrow')) return true;
  const pressable = target.closest('button, a, summary, [role="button"], [role="tab"]') !== null;
  return pressable && (key === ' ' || key === 'Enter');
}
