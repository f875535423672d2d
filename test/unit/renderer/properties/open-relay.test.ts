import { expect, test } from 'vitest';
import { isOpenRelay } from '../../../../renderer/properties/access/open-relay.ts';

test.each([
  ['onlyListed', [], false],
  ['onlyListed', ['host', '10.0.0.0/8'], false],
  ['onlyListed', ['host', '*.example.org'], false],
  ['onlyListed', ['host', '0.0.0.0/0'], true],
  ['onlyListed', ['0.0.0.0/0.0.0.0'], true],
  ['onlyListed', ['::/0'], true],
  ['onlyListed', ['0.0.0.0/1', '128.0.0.0/1'], true],
  ['onlyListed', ['128.0.0.0/128.0.0.0', 'host', '0.0.0.0/128.0.0.0'], true],
  ['onlyListed', ['0.0.0.0/1', '128.0.0.0/2'], false],
  ['onlyListed', ['128.0.0.0/1', '10.0.0.0/8'], false],
  ['onlyListed', ['::/1', '8000::/1'], true],
  ['onlyListed', ['::/1', '8000::/2', 'fd00::/8'], false],
  ['onlyListed', ['0.0.0.0/1', '8000::/1'], false],
  ['allExceptListed', [], true],
  ['allExceptListed', ['10.0.0.5'], true],
] as const)('%s with %j: open relay %s', (mode, list, open) => {
  expect(isOpenRelay({ 'access.relayMode': mode, 'access.relayList': [...list] })).toBe(open);
});
