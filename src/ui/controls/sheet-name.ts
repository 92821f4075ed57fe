/** A form that opens above the controls. */
export type SheetName =
  | 'crash'
  | 'restart'
  | 'byzantine'
  | 'send'
  | 'partition'
  | 'network'
  | 'rules';
