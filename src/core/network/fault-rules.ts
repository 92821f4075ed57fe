import { matches, type Carries, type Envelope, type Match } from './match.ts';

/** A standing order of the scenario: what happens to the next messages that match. */
export interface FaultRule {
  readonly do: 'drop' | 'duplicate' | 'delay' | 'hold';
  readonly match: Match;
  /** How many it still takes; absent: all. */
  readonly count?: number;
  /** `delay`: how much later they arrive. */
  readonly delayUs?: number;
}

/** What the rules make of one message. */
export interface Treatment {
  readonly dropped: boolean;
  readonly held: boolean;
  readonly copies: number;
  readonly delayUs: number;
}

/**
 * The rules in force, in the order they were given.
 *
 * Every rule that matches is used up by one. A dropped message is nothing else any more, so the
 * rules after the one that drops it do not see it.
 */
export class FaultRules {
  private rules: readonly FaultRule[] = [];

  add(rule: FaultRule): void {
    if (rule.count === 0) return;
    this.rules = [...this.rules, rule];
  }

  /** Ends the hold rules: the network is healed. */
  endHolds(): void {
    this.rules = this.rules.filter((rule) => rule.do !== 'hold');
  }

  /** Applies every rule to a message that is being sent. */
  treat(message: Envelope, carries: Carries): Treatment {
    let treatment: Treatment = { dropped: false, held: false, copies: 0, delayUs: 0 };
    if (this.rules.length === 0) return treatment;
    const left: FaultRule[] = [];
    for (const rule of this.rules) {
      if (treatment.dropped || !matches(rule.match, message, carries)) {
        left.push(rule);
        continue;
      }
      treatment = after(rule, treatment);
      if (rule.count === undefined) left.push(rule);
      else if (rule.count > 1) left.push({ ...rule, count: rule.count - 1 });
    }
    this.rules = left;
    return treatment;
  }
}

function after(rule: FaultRule, treatment: Treatment): Treatment {
  switch (rule.do) {
    case 'drop':
      return { ...treatment, dropped: true };
    case 'hold':
      return { ...treatment, held: true };
    case 'duplicate':
      return { ...treatment, copies: treatment.copies + 1 };
    case 'delay':
      return { ...treatment, delayUs: treatment.delayUs + (rule.delayUs ?? 0) };
  }
}
