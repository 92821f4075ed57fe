import type { ReactNode } from 'react';

import { diagramNames, type DiagramName } from './diagram-name.ts';
import { SlotTable } from './slot-table.tsx';
import { SpaceTime } from './space-time.tsx';
import { SwimlaneView } from './swimlane-view.tsx';
import { ViewChangeView } from './view-change-view.tsx';

import styles from './diagrams.module.css';

const titles: Readonly<Record<DiagramName, string>> = {
  'space-time': 'Space-time',
  phases: 'Phases',
  slots: 'Slots',
  'view-change': 'View change',
};

interface DiagramsProps {
  readonly shown: DiagramName;
  readonly onShow: (name: DiagramName) => void;
}

/** The view below the stage, and the switch between them. */
export function Diagrams({ shown, onShow }: DiagramsProps): ReactNode {
  return (
    <section className={styles['diagrams']} aria-label={titles[shown]}>
      <div className={styles['bar']}>
        {diagramNames.map((name) => (
          <button key={name} data-quiet aria-pressed={name === shown} onClick={() => onShow(name)}>
            {titles[name]}
          </button>
        ))}
      </div>
      <Shown name={shown} />
    </section>
  );
}

function Shown({ name }: { readonly name: DiagramName }): ReactNode {
  switch (name) {
    case 'space-time':
      return <SpaceTime />;
    case 'phases':
      return <SwimlaneView />;
    case 'slots':
      return <SlotTable />;
    case 'view-change':
      return <ViewChangeView />;
  }
}
