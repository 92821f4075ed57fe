import { isTwin } from '#core/network/process-order.ts';
import type { MessageHeader, TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';

/** More arrows than this no renderer draws legibly. */
const arrowsMax = 400;

/** A trace as a Mermaid sequence diagram: messages that arrived, crashes and restarts, decisions. */
export function traceMermaid(
  trace: readonly TraceEvent[],
  processes: readonly ProcessId[],
): string {
  const lines = ['sequenceDiagram'];
  for (const process of processes) {
    lines.push(`  participant ${nameOf(process)} as ${titleOf(process)}`);
  }
  let arrows = 0;
  for (const event of trace) {
    const line = event.lost === true ? undefined : lineOf(event);
    if (line === undefined) continue;
    if (arrows === arrowsMax) {
      lines.push(
        `  %% the diagram ends here, at ${event.atMs} ms: it shows ${arrowsMax} lines at most`,
      );
      break;
    }
    arrows += 1;
    lines.push(`  ${line}`);
  }
  return `${lines.join('\n')}\n`;
}

function lineOf(event: TraceEvent): string | undefined {
  const { process } = event;
  if (process === undefined) return undefined;
  const name = nameOf(process);
  if (event.type === 'delivered') {
    return `${nameOf(event.from)}->>${name}: ${labelOf(event.header)}`;
  }
  if (event.type === 'crashed') return `Note over ${name}: crashed`;
  if (event.type === 'restarted') return `Note over ${name}: restarted from its disk`;
  if (event.type === 'executed') return `Note over ${name}: executed ${event.sequence}`;
  return undefined;
}

function labelOf({ kind, view, sequence }: MessageHeader): string {
  const place = [
    ...(view === undefined ? [] : [`v ${view}`]),
    ...(sequence === undefined ? [] : [`n ${sequence}`]),
  ];
  return `${kind.toUpperCase()}${place.length === 0 ? '' : ` ${place.join(', ')}`}`;
}

function nameOf(process: ProcessId): string {
  return typeof process === 'number' ? `R${process}` : process;
}

function titleOf(process: ProcessId): string {
  return typeof process === 'number'
    ? `replica ${process}`
    : `${isTwin(process) ? 'twin' : 'client'} ${process.slice(1)}`;
}
