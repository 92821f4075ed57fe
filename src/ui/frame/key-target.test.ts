// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';

import { usesKey } from './key-target.ts';

function element(markup: string): Element | null {
  document.body.innerHTML = markup;
  return document.body.querySelector('[data-here]');
}

describe('a focused control', () => {
  it.each([
    ['a text field', '<input data-here>', 'c', true],
    ['a text field', '<input data-here>', ' ', true],
    ['a select', '<select data-here></select>', 'ArrowDown', true],
    ['something in a dialog', '<dialog><p data-here></p></dialog>', 'c', true],
    ['a button', '<button data-here></button>', ' ', true],
    ['a button', '<button data-here></button>', 'c', false],
    ['a replica on the stage', '<div role="button" data-here></div>', ' ', true],
    ['a replica on the stage', '<div role="button" data-here></div>', 'ArrowRight', false],
    ['a tab', '<div role="tab" data-here></div>', 'ArrowRight', true],
    ['plain text', '<p data-here></p>', ' ', false],
  ])('that is %s (%s) keeps "%s" for itself: %s', (_, markup, key, keeps) => {
    expect(usesKey(element(markup), key)).toBe(keeps);
  });
});
