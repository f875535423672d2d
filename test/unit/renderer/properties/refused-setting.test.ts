import { expect, test } from 'vitest';
import { refusalText, refusedSetting } from '../../../../renderer/properties/refused-setting.ts';

test.each([
  ['general.listen', 'general.listen'],
  ['changes.general.listen', 'general.listen'],
  ['general.listen.0', 'general.listen'],
  // One name begins like the other.
  ['general.listenTls', 'general.listenTls'],
  ['changes.general.listenTls.1', 'general.listenTls'],
  ['access.requireTls', 'access.requireTls'],
  ['changes', undefined],
  ['serverId', undefined],
  [undefined, undefined],
])('a refusal of %s is about %s', (field, key) => {
  expect(refusedSetting(field)).toBe(key);
});

test('the name of the setting is told once', () => {
  expect(refusalText('general.listen', "general.listen: '*:25' is used already.")).toBe("'*:25' is used already.");
  expect(refusalText('general.listen', 'general.listenTls: No.')).toBe('general.listenTls: No.');
});
