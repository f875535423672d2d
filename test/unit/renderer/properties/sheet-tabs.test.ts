import { expect, test } from 'vitest';
import { sheetTabOf } from '../../../../renderer/properties/sheet-tabs.ts';

test.each([
  ['general.name', 'general'],
  ['logging.fields', 'general'],
  ['access.users', 'access'],
  ['alerts.queueDepth', 'alerts'],
  ['domains.remote', null],
] as const)('%s is on the tab %s', (key, tab) => {
  expect(sheetTabOf(key)).toBe(tab);
});
