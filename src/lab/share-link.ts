import * as v from 'valibot';

/** What a link says: a history, how far it went, and the digest of its trace by which a reader knows it again. */
export interface Shared {
  readonly scenario: unknown;
  /** How many steps there were when it was loaded; the others were done since. */
  readonly planned: number;
  readonly atUs: number;
  readonly digest: string;
}

const name = 's';

const schema = v.strictObject({
  v: v.literal(1),
  s: v.unknown(),
  p: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  t: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  d: v.string(),
});

/** The address with the history in its fragment: nothing of it is sent to a server. */
export async function linkTo(
  address: string,
  { scenario, planned, atUs, digest }: Shared,
): Promise<string> {
  const text = JSON.stringify({ v: 1, s: scenario, p: planned, t: atUs, d: digest });
  const url = new URL(address);
  url.search = '';
  url.hash = `${name}=${base64url(await through(new TextEncoder().encode(text), new CompressionStream('deflate-raw')))}`;
  return url.href;
}

/** What the fragment of an address says; undefined when it says nothing, a problem when it cannot be read. */
export async function sharedIn(
  fragment: string,
): Promise<
  | { readonly ok: true; readonly shared: Shared }
  | { readonly ok: false; readonly problem: string }
  | undefined
> {
  const text = new URLSearchParams(fragment.replace(/^#/, '')).get(name);
  if (text === null) return undefined;
  const bytes = bytesOf(text);
  if (bytes === undefined) return broken('it has characters that no link has');
  let json: unknown;
  try {
    const plain = await through(bytes, new DecompressionStream('deflate-raw'));
    json = JSON.parse(new TextDecoder().decode(plain));
  } catch (error) {
    // What a decompressor and a parser throw differs between engines; both mean the same here.
    if (!(error instanceof Error)) throw error;
    return broken('it is cut short or was changed on its way');
  }
  const read = v.safeParse(schema, json);
  if (!read.success) return broken('it comes from another version of the lab');
  const { s, p, t, d } = read.output;
  return { ok: true, shared: { scenario: s, planned: p, atUs: t, digest: d } };
}

function broken(why: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem: `The link cannot be read: ${why}. Ask for it again.` };
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const answer = new Response(new Blob([bytes]).stream().pipeThrough(stream));
  return new Uint8Array(await answer.arrayBuffer());
}

function base64url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]*$/.test(text)) return undefined;
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}
