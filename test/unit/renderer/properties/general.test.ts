import { expect, test } from 'vitest';
import { endpointsOf, identitiesOf, portFor } from '../../../../renderer/properties/general/identities.ts';
import { logFileName } from '../../../../renderer/properties/general/log-file-name.ts';

test('identities with and without TLS are one list and come apart again', () => {
  const identities = identitiesOf({ 'general.listen': ['*:25', '[::1]:26'], 'general.listenTls': ['*:465'] });
  expect(identities.map(({ implicitTls }) => implicitTls)).toEqual([false, false, true]);
  expect(endpointsOf(identities)).toEqual({ listen: ['*:25', '[::1]:26'], listenTls: ['*:465'] });
});

test.each([
  [true, '25', '465'],
  [true, '2525', '2525'],
  [false, '465', '25'],
  [false, '8465', '8465'],
])('implicit TLS %s with port %s means port %s', (implicitTls, before, after) => {
  expect(portFor(implicitTls, before)).toBe(after);
});

test.each([
  ['hourly', 'exyymmddhh.log'],
  ['daily', 'exyymmdd.log'],
  ['weekly', 'exyymmww.log'],
  ['monthly', 'exyymm.log'],
  ['unlimited', 'extend1.log'],
  ['bySize', 'extendn.log'],
] as const)('a %s log is called %s', (period, name) => {
  expect(logFileName('2', period)).toBe(`SMTPSVC2\\${name}`);
});
