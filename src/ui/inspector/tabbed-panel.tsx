import { Tabs } from 'radix-ui';
import { useState, type ReactNode } from 'react';

import styles from './inspector.module.css';

/** A tab and what it shows. */
export interface Tab {
  readonly name: string;
  readonly title: string;
  readonly content: ReactNode;
}

interface TabbedPanelProps {
  readonly tabs: readonly Tab[];
}

/** Tabs above a panel that scrolls by itself. */
export function TabbedPanel({ tabs }: TabbedPanelProps): ReactNode {
  const [shown, setShown] = useState(tabs[0]?.name ?? '');
  return (
    <Tabs.Root className={styles['tabs']} value={shown} onValueChange={setShown}>
      <Tabs.List className={styles['tablist']} aria-label="Aspects">
        {tabs.map(({ name, title }) => (
          <Tabs.Trigger key={name} value={name} data-testid={`tab-${name}`}>
            {title}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {tabs.map(({ name, content }) => (
        <Tabs.Content key={name} value={name} className={styles['panel']}>
          {content}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
