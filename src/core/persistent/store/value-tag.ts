/** First byte of a stored value; below SMALL_INTEGERS it is the integer itself. */
export const SMALL_INTEGERS = 0x80;
export const UNDEFINED = 0x80;
export const NULL = 0x81;
export const TRUE = 0x82;
export const FALSE = 0x83;
export const INTEGER = 0x84;
export const NEGATIVE_INTEGER = 0x85;
export const FLOAT = 0x86;
export const REFERENCE = 0x87;
export const STRING = 0x88;
export const LONG_STRING = 0x89;
export const BIGINT = 0x8a;
export const EXTERNAL = 0x8b;
export const HOLE = 0x8c;
export const DATE = 0x90;
export const BYTES = 0x91;
export const FUNCTION = 0x92;
