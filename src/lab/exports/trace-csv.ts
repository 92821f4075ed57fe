import type { TraceEvent } from '#core/network/trace-event.ts';

const columns = ['id', 'atMs', 'process', 'type', 'lost', 'details'] as const;

/** A trace as comma-separated values (RFC 4180), a row per event; what only some events have is JSON in the last column. */
export function traceCsv(trace: readonly TraceEvent[]): string {
  const rows = trace.map((event) => {
    const { id, atMs, process, type, lost, ...details } = event;
    return [id, atMs, process ?? '', type, lost === true, JSON.stringify(details)].map(field);
  });
  return [[...columns], ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

function field(value: string | number | boolean): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
