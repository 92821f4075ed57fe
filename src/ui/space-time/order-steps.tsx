import type { ReactNode } from 'react';

import { Linked } from '#ui/linked.tsx';
import type { OrderStep, OrderStory, ViewChangeStory } from '#ui/picture/view-change-story.ts';
import { maxSentence, minSentence, namesOf, stepSentence } from '#ui/words/order-sentence.ts';
import { shortDigest } from '#ui/words/sentence.ts';

import styles from './view-change-view.module.css';

interface OrderStepsProps {
  readonly story: ViewChangeStory;
}

/** How O follows from V: min-s, max-s, then one place after the other. */
export function OrderSteps({ story: { order, primary } }: OrderStepsProps): ReactNode {
  return (
    <section aria-label="The computation of O">
      <h2>2 · O, computed from V{order === undefined ? '' : ` = ${namesOf(order.signers)}`}</h2>
      {order === undefined ? (
        <p className={styles['note']}>
          R{primary} has not begun the view: it needs Q VIEW-CHANGEs, its own among them.
        </p>
      ) : (
        <Steps order={order} />
      )}
    </section>
  );
}

function Steps({ order }: { readonly order: OrderStory }): ReactNode {
  return (
    <ol className={styles['steps']}>
      <li>
        <b>min-s = {order.minSequence}</b>
        <span>{minSentence(order)}</span>
      </li>
      <li>
        <b>max-s = {order.maxSequence}</b>
        <span>{maxSentence(order)}</span>
      </li>
      {order.steps.map((step) => (
        <li key={step.sequence} data-follows={step.follows}>
          <b>
            <Linked to={{ kind: 'slot', sequence: step.sequence }}>n = {step.sequence}</Linked>
          </b>
          <span>
            {stepSentence(step)} <Proposal said={step.said} />
          </span>
        </li>
      ))}
      {order.steps.length === 0 ? (
        <li>
          <b>O is empty</b>
          <span>Nothing is open: the primary proposes new requests only.</span>
        </li>
      ) : null}
    </ol>
  );
}

function Proposal({ said }: { readonly said: OrderStep['said'] }): ReactNode {
  if (said === undefined) return null;
  return <em data-kind="pre-prepare">PP {said.null ? 'null' : shortDigest(said.digest)}</em>;
}
