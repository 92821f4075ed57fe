declare const brand: unique symbol;

/** `Base` made nominal: a `Brand<number, 'View'>` is no `Brand<number, 'SequenceNumber'>`. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
