import { expect, test } from 'vitest';
import { checkSettingKey } from '../../../shared/settings/check-setting.ts';
import { nearestSetting } from '../../../shared/settings/nearest-setting.ts';

test.each([
  ['general.lissten', 'general.listen'],
  ['GENERAL.LISTEN', 'general.listen'],
  ['listen', 'general.listen'],
  ['smarthost', 'delivery.smartHosts'],
  ['delivery.smartHost', 'delivery.smartHosts'],
  ['message.sizelimit', 'messages.sizeLimit'],
  ['nonsense', null],
  ['', null],
  ['general.listen'.repeat(1_000), null],
])('%j is closest to %j', (text, key) => {
  expect(nearestSetting(text)).toBe(key);
});

test('an unknown setting is refused with the closest one', () => {
  expect(() => checkSettingKey('general.lissten')).toThrow(
    "There is no setting 'general.lissten'. Did you mean 'general.listen'?",
  );
  expect(() => checkSettingKey('constructor')).toThrow("There is no setting 'constructor'.");
  expect(checkSettingKey('general.listen')).toBe('general.listen');
});
