import { expect, test } from 'vitest';
import { overridesOf } from '../../../electron/cli/serve-options.ts';

test('options become settings for this run', () => {
  expect(
    overridesOf({
      listen: ['127.0.0.1:2525', '[::1]:2525'],
      smartHost: ['127.0.0.1:2600'],
      set: ['delivery.retryIntervals=2s,15m', 'messages.sizeLimit = unlimited', 'general.name=a=b'],
    }),
  ).toEqual({
    'general.listen': ['127.0.0.1:2525', '[::1]:2525'],
    'delivery.smartHosts': ['127.0.0.1:2600'],
    'delivery.retryIntervals': [2, 900],
    'messages.sizeLimit': null,
    'general.name': 'a=b',
  });
});

test('without options nothing is overridden', () => {
  expect(overridesOf({})).toEqual({});
});

test.each([
  [{ listen: ['2525'] }, "general.listen: '2525' is not an address and port"],
  [{ smartHost: ['mail..example'] }, "delivery.smartHosts: 'mail..example' is not a host name"],
  [{ set: ['general.lissten=x'] }, "There is no setting 'general.lissten'. Did you mean 'general.listen'?"],
  [{ set: ['delivery.expiration=soon'] }, "delivery.expiration: 'soon' is not a duration"],
  [{ set: ['general.name'] }, '--set takes KEY=VALUE'],
  [{ set: ['=x'] }, '--set takes KEY=VALUE'],
])('%j is refused', (options, sentence) => {
  expect(() => overridesOf(options)).toThrow(sentence);
});
