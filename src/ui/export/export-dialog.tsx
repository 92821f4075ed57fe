import { useState, type ReactNode } from 'react';

import { formatShiviz } from '#core/simulation/shiviz.ts';
import { traceMermaid } from '#lab/exports/mermaid.ts';
import { traceCsv } from '#lab/exports/trace-csv.ts';
import { Dialog, DialogEnds } from '#ui/frame/dialog.tsx';
import { useCommands, useWholeLab, type Lab } from '#ui/lab-context.ts';
import { processesOf } from '#ui/picture/process-name.ts';

import { download } from './download.ts';
import { pngPicture, svgPicture } from './svg-picture.ts';

import styles from './export-dialog.module.css';

interface ExportDialogProps {
  readonly onClose: () => void;
}

interface Offer {
  readonly id: string;
  readonly title: string;
  readonly says: string;
  readonly file: (lab: Lab) => { readonly name: string; readonly content: Promise<Blob> | Blob };
}

const offers: readonly Offer[] = [
  {
    id: 'scenario',
    title: 'Scenario',
    says: 'Everything done so far as a scenario file: open it here or run it with npm run simulate.',
    file: ({ store }) => json('scenario.json', store.getState().scenario),
  },
  {
    id: 'trace',
    title: 'Trace, JSON',
    says: 'Every event of the history on show.',
    file: ({ store }) => json('trace.json', store.getState().trace),
  },
  {
    id: 'csv',
    title: 'Trace, CSV',
    says: 'A row for each event, for a spreadsheet.',
    file: ({ store }) => text('trace.csv', 'text/csv', traceCsv(store.getState().trace)),
  },
  {
    id: 'shiviz',
    title: 'ShiViz log',
    says: 'Vector clocks; its first line is the expression that reads it.',
    file: ({ store }) =>
      text('trace.shiviz.log', 'text/plain', formatShiviz(store.getState().trace)),
  },
  {
    id: 'mermaid',
    title: 'Mermaid',
    says: 'A sequence diagram for documents.',
    file: ({ store }) => {
      const { trace, scenario } = store.getState();
      const processes = processesOf(scenario?.replicas ?? 0, scenario?.clients ?? 0);
      return text('trace.mmd', 'text/plain', traceMermaid(trace, processes));
    },
  },
  {
    id: 'stage-svg',
    title: 'Stage, SVG',
    says: 'The cluster as it stands at the playhead.',
    file: () => text('stage.svg', 'image/svg+xml', pictureOf('stage')),
  },
  {
    id: 'stage-png',
    title: 'Stage, PNG',
    says: 'The same for slides.',
    file: () => ({ name: 'stage.png', content: pngPicture(pictureOf('stage')) }),
  },
  {
    id: 'diagram-svg',
    title: 'Diagram, SVG',
    says: 'The diagram below the stage, as it is shown.',
    file: () => text('diagram.svg', 'image/svg+xml', pictureOf('diagram')),
  },
  {
    id: 'diagram-png',
    title: 'Diagram, PNG',
    says: 'The same for slides.',
    file: () => ({ name: 'diagram.png', content: pngPicture(pictureOf('diagram')) }),
  },
];

/** Everything that can be taken away as a file, and a scenario file to open. */
export function ExportDialog({ onClose }: ExportDialogProps): ReactNode {
  const [problem, setProblem] = useState('');
  const lab = useWholeLab();
  const take = async ({ file }: Offer): Promise<void> => {
    try {
      const { name, content } = file(lab);
      download(`pbft-lab-${name}`, await content);
      setProblem('');
    } catch (error) {
      setProblem(error instanceof Error ? `That file could not be made: ${error.message}.` : '');
    }
  };
  return (
    <Dialog title="Take it away" testId="export-dialog" width="middle" onClose={onClose}>
      <ul className={styles['offers']}>
        {offers.map((offer) => (
          <li key={offer.id}>
            <button data-testid={`export-${offer.id}`} onClick={() => void take(offer)}>
              {offer.title}
            </button>
            <span>{offer.says}</span>
          </li>
        ))}
      </ul>
      <h2>Bring it back</h2>
      <ScenarioFile onOpened={onClose} onProblem={setProblem} />
      <output className={styles['problem']}>{problem}</output>
      <DialogEnds>
        <button data-primary onClick={onClose}>
          Close
        </button>
      </DialogEnds>
    </Dialog>
  );
}

interface ScenarioFileProps {
  readonly onOpened: () => void;
  readonly onProblem: (says: string) => void;
}

function ScenarioFile({ onOpened, onProblem }: ScenarioFileProps): ReactNode {
  const commands = useCommands();
  const open = async (file: File): Promise<void> => {
    let scenario: unknown;
    try {
      scenario = JSON.parse(await file.text());
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      onProblem(`${file.name} is no JSON file: ${error.message}. What is on show stays.`);
      return;
    }
    onOpened();
    await commands.load(scenario);
  };
  return (
    <label className={styles['file']}>
      Open a scenario file
      <input
        type="file"
        accept=".json,application/json"
        data-testid="open-scenario"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file !== undefined) void open(file);
        }}
      />
    </label>
  );
}

function json(name: string, value: unknown): { readonly name: string; readonly content: Blob } {
  return text(name, 'application/json', `${JSON.stringify(value, undefined, 2)}\n`);
}

function text(
  name: string,
  type: string,
  content: string,
): { readonly name: string; readonly content: Blob } {
  return { name, content: new Blob([content], { type }) };
}

function pictureOf(part: 'stage' | 'diagram'): string {
  const box = document.querySelector(`[data-picture="${part}"]`);
  if (box === null) throw new Error(`the ${part} is not on the page`);
  const drawings = [...box.querySelectorAll('svg')].filter(
    (svg) => svg.parentElement?.closest('svg, button, [data-no-picture]') === null,
  );
  if (drawings.length === 0) throw new Error(`the ${part} on show is no drawing`);
  return svgPicture(drawings, box);
}
