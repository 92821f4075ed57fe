/** A number for reading: few digits, thousands apart. */
export function amountText(value: number): string {
  const digits =
    Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  const [whole = '', fraction] = value.toFixed(digits).split('.');
  const apart = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ' ');
  return fraction === undefined ? apart : `${apart}.${fraction}`;
}

/** A latency or a stretch of time. */
export function msText(ms: number): string {
  return ms >= 1000 ? `${amountText(ms / 1000)} s` : `${amountText(ms)} ms`;
}

/** An amount of storage. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  return bytes < 1e6 ? `${amountText(bytes / 1000)} KB` : `${amountText(bytes / 1e6)} MB`;
}
