/** An operation as a person reads it: `{"put":["x","1"]}` is "put x 1". Text that is no such JSON stays as it is. */
export function operationText(operation: string): string {
  const parsed = parsedOrUndefined(operation);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return operation;
  const [entry, ...others] = Object.entries(parsed);
  if (entry === undefined || others.length > 0) return operation;
  const [name, value] = entry;
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return [name, ...values.map(valueText)].join(' ');
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parsedOrUndefined(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed;
  } catch {
    return undefined;
  }
}

/** What a person typed: an operation, or a problem in words. */
export type TypedOperation =
  | { readonly ok: true; readonly operation: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly problem: string };

/** Reads what a person typed: JSON of an operation, or plain words such as "put x 1". */
export function parseTypedOperation(text: string): TypedOperation {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: false, problem: 'Write an operation, for example: put x 1' };
  return trimmed.startsWith('{') ? parseJsonOperation(trimmed) : parseWords(trimmed.split(/\s+/));
}

function parseJsonOperation(text: string): TypedOperation {
  const parsed = parsedOrUndefined(text);
  if (parsed === undefined) {
    return {
      ok: false,
      problem: 'That is no JSON. Names and texts need double quotes: {"get":"x"}',
    };
  }
  if (!isRecord(parsed) || Object.keys(parsed).length !== 1) {
    return { ok: false, problem: 'An operation is an object with one name: {"add":["x",1]}' };
  }
  return { ok: true, operation: parsed };
}

/** How many words each operation takes, and how it is written. */
const shapes: Readonly<Record<string, { readonly words: number; readonly example: string }>> = {
  put: { words: 2, example: 'put x 1' },
  get: { words: 1, example: 'get x' },
  add: { words: 2, example: 'add x 5' },
  transfer: { words: 3, example: 'transfer a b 5' },
};

function parseWords([name = '', ...rest]: readonly string[]): TypedOperation {
  if (name === 'append' && rest.length > 0)
    return { ok: true, operation: { append: rest.join(' ') } };
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (shape === undefined) {
    return { ok: false, problem: `There is no operation "${name}". Try: put x 1` };
  }
  if (rest.length !== shape.words) {
    return { ok: false, problem: `Write it like this: ${shape.example}` };
  }
  if (name === 'get') return { ok: true, operation: { get: rest[0] ?? '' } };
  if (name === 'put') return { ok: true, operation: { put: rest } };
  const amount = Number(rest.at(-1));
  if (!Number.isSafeInteger(amount)) {
    return {
      ok: false,
      problem: `"${rest.at(-1) ?? ''}" is no whole number. Try: ${shape.example}`,
    };
  }
  return { ok: true, operation: { [name]: [...rest.slice(0, -1), amount] } };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
