interface Encoder {
  encode(text: string): Uint8Array;
}

interface Decoder {
  decode(bytes: Uint8Array): string;
}

// Pure, and present in every host; core's libraries (no DOM, no Node) do not declare them.
declare const TextEncoder: new () => Encoder;
declare const TextDecoder: new (
  label: 'utf-8',
  options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
) => Decoder;

const encoder = new TextEncoder();

// Without `ignoreBOM` a decoder swallows a leading byte order mark: the text would not come back.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 of a well-formed text. A lone surrogate would be replaced silently: check `isWellFormed` first. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text whose UTF-8 is `bytes`; undefined if they are not UTF-8. */
export function textOfUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
