import { expect, test } from 'vitest';
import { arrangeActions } from '../../../../renderer/app/arrange-actions.ts';

const action = (id: string) => ({ id, label: id, run: () => {} });
const shown = (special: readonly string[]) =>
  arrangeActions(special.map(action), [action('refresh'), action('exportList')]).map(
    ({ id, separatorBefore }) => `${separatorBefore === true ? '-' : ''}${id}`,
  );

test('special actions first, then those of the list, Properties last, each group after a line', () => {
  expect(shown(['properties', 'start', 'stop'])).toEqual(['start', 'stop', '-refresh', 'exportList', '-properties']);
});

test('a node without actions of its own has those of its list', () => {
  expect(shown([])).toEqual(['-refresh', 'exportList']);
});
