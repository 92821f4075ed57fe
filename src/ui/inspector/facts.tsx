import { Fragment, type ReactNode } from 'react';

import styles from './inspector.module.css';

interface FactsProps {
  readonly facts: readonly (readonly [string, ReactNode])[];
}

/** Names and values, in two columns. */
export function Facts({ facts }: FactsProps): ReactNode {
  return (
    <dl className={styles['fields']}>
      {facts.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
