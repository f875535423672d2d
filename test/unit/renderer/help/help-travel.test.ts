import { expect, test } from 'vitest';
import { goBack, goForward, openPage, startAt } from '../../../../renderer/help/help-travel.ts';

test('back and forward walk over the pages that were read', () => {
  const read = openPage(openPage(startAt('relay'), 'access'), 'general');
  const back = goBack(goBack(read));
  expect(back).toEqual({ past: [], now: 'relay', future: ['access', 'general'] });
  expect(goForward(back)).toEqual({ past: ['relay'], now: 'access', future: ['general'] });
});

test('another page forgets what was ahead; the same page changes nothing', () => {
  const back = goBack(openPage(startAt('relay'), 'access'));
  expect(openPage(back, 'log')).toEqual({ past: ['relay'], now: 'log', future: [] });
  expect(openPage(back, 'relay')).toBe(back);
});

test('at either end nothing happens', () => {
  const start = startAt('queue');
  expect(goBack(start)).toEqual(start);
  expect(goForward(start)).toEqual(start);
});
