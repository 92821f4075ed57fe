import { describe, expect, it } from 'vitest';

import { runScenario } from '#core/simulation/cluster.ts';
import { parseScenario } from '#core/simulation/parse-scenario.ts';

import { traceMermaid } from './mermaid.ts';
import { traceCsv } from './trace-csv.ts';

const parsed = parseScenario({
  format: 'pbft-lab/scenario@1',
  steps: [
    { do: 'submit', operation: { put: ['a,b', 'say "hi"'] } },
    { do: 'crash', replica: 3, at: 30 },
    { do: 'restart', replica: 3, at: 400 },
  ],
  until: { quiet: true },
});
if (!parsed.ok) throw new Error(parsed.problem);
const { trace } = runScenario(parsed.scenario);

describe('exports', () => {
  it('have a row for each event in CSV, quoted where it must be', () => {
    const rows = traceCsv(trace).trimEnd().split('\r\n');

    expect(rows[0]).toBe('id,atMs,process,type,lost,details');
    expect(rows).toHaveLength(trace.length + 1);
    for (const row of rows.slice(1)) {
      const cells = row.match(/^(\d+),([\d.]+),([^,]*),([a-z-]+),(true|false),(.*)$/);
      const details = cells?.[6] ?? '';
      const json = details.startsWith('"') ? details.slice(1, -1).replaceAll('""', '"') : details;
      expect(() => JSON.parse(json)).not.toThrow();
    }
  });

  it('draw every message that arrived in Mermaid', () => {
    const text = traceMermaid(trace, [0, 1, 2, 3, 'c0']);
    const arrived = trace.filter(({ type, lost }) => type === 'delivered' && lost !== true);

    expect(text).toContain('  participant R0 as replica 0\n');
    expect(text.match(/->>/g)).toHaveLength(arrived.length);
    expect(text).toContain('c0->>R0: REQUEST');
    expect(text).toContain('Note over R3: crashed');
  });
});
