import { type ReactNode, useEffect, useState } from 'react';

import type { WorkflowView } from '#core/persistent/index.ts';

import { useCorner } from './corner-context.ts';
import { shortName } from './corner-words.ts';
import { Listing } from './listing.tsx';
import { compiledLineOf, loadProgramText, type ProgramText } from './program-text.ts';

import styles from './code-panes.module.css';

/** The program as it was written and as it runs, with a mark at each await where a workflow stands. */
export function CodePanes(): ReactNode {
  const file = useCorner((state) => state.sample.file);
  const durable = useCorner((state) => state.durable);
  const selected = useSelectedWorkflow();
  const text = useProgramText(file);
  const name = file.slice(file.lastIndexOf('/') + 1);
  const workflows = durable?.workflows ?? [];
  return (
    <>
      <section className={styles['pane']} aria-label="Source" data-testid="corner-source">
        <h2>
          Source <code>{name}</code>
        </h2>
        {text === undefined ? null : (
          <Listing
            label={`Source of ${name}`}
            text={text.source}
            marks={marksOf(workflows, ({ line }) => line)}
            here={selected?.line}
          />
        )}
      </section>
      <section className={styles['pane']} aria-label="Compiled" data-testid="corner-compiled">
        <h2>
          Compiled <span>each function can be left and entered again</span>
        </h2>
        {text === undefined ? null : (
          <Listing
            label={`Compiled form of ${name}`}
            text={text.compiled.code}
            marks={marksOf(workflows, (one) => compiledLineOf(text.compiled, one))}
            here={selected && compiledLineOf(text.compiled, selected)}
          />
        )}
      </section>
    </>
  );
}

/** The workflow that is looked at: the chosen one, or the first. */
export function useSelectedWorkflow(): WorkflowView | undefined {
  const workflows = useCorner((state) => state.durable?.workflows);
  const selected = useCorner((state) => state.selected);
  return workflows?.find(({ id }) => id === selected) ?? workflows?.[0];
}

function useProgramText(file: string): ProgramText | undefined {
  const [loaded, setLoaded] = useState<{ file: string; text: ProgramText } | undefined>(undefined);
  const [failure, setFailure] = useState<{ error: unknown } | undefined>(undefined);
  useEffect(() => {
    let wanted = true;
    const load = async (): Promise<void> => {
      try {
        const text = await loadProgramText(file);
        if (wanted) setLoaded({ file, text });
      } catch (error) {
        setFailure({ error });
      }
    };
    void load();
    return () => {
      wanted = false;
    };
  }, [file]);
  // The boundary around the panes says so.
  if (failure !== undefined) throw failure.error;
  return loaded?.file === file ? loaded.text : undefined;
}

function marksOf(
  workflows: readonly WorkflowView[],
  lineOf: (workflow: WorkflowView) => number | undefined,
): ReadonlyMap<number, readonly string[]> {
  const marks = new Map<number, string[]>();
  for (const workflow of workflows) {
    const line = lineOf(workflow);
    if (line === undefined) continue;
    const names = marks.get(line) ?? [];
    names.push(shortName(workflow.function));
    marks.set(line, names);
  }
  return marks;
}
