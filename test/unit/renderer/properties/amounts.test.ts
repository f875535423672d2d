import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amountText, fittingTimeUnit, parseAmount } from '../../../../renderer/properties/amounts.ts';

const minutes = { min: 10, max: 86_400, unit: 'minutes' } as const;
const count = { min: 1, max: 1_000 } as const;

test.each([
  ['10', minutes, 600],
  [' 1.5 ', minutes, 90],
  ['1,5', minutes, 90],
  ['0.167', minutes, 10],
  ['1440', minutes, 86_400],
  ['25', count, 25],
  ['30', { min: 1, max: 60, unit: 'seconds' } as const, 30],
  ['1.5', { min: 1, max: 4_294_967_296, unit: 'megabytes' } as const, 1_572_864],
])('%j is %o', (text, range, value) => {
  expect(parseAmount(text, range)).toEqual({ ok: true, value });
});

test.each([
  ['', minutes, { code: 'amount' }],
  ['ten', minutes, { code: 'amount' }],
  ['-1', minutes, { code: 'amount' }],
  ['1e3', minutes, { code: 'amount' }],
  ['1.5', count, { code: 'number' }],
  ['', count, { code: 'number' }],
  ['0', count, { code: 'range', min: '1', max: '1000' }],
  ['1001', count, { code: 'range', min: '1', max: '1000' }],
  ['0', minutes, { code: 'range', min: '0.167', max: '1440' }],
])('%j is refused', (text, range, problem) => {
  expect(parseAmount(text, range)).toEqual({ ok: false, problem });
});

test.each(['minutes', 'hours', 'days', 'kilobytes', 'megabytes'] as const)(
  'every amount survives being shown in %s',
  (unit) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 31_536_000 }), (value) => {
        expect(parseAmount(amountText(value, unit), { min: 1, max: 31_536_000, unit })).toEqual({ ok: true, value });
      }),
    );
  },
);

test.each([
  [600, 'minutes', '10'],
  [91, 'minutes', '1.52'],
  [5_400, 'hours', '1.5'],
  [1, 'days', '0.00001'],
  [1_572_864, 'megabytes', '1.5'],
] as const)('%i is %s %s with as few decimals as needed', (value, unit, text) => {
  expect(amountText(value, unit)).toBe(text);
});

test.each([
  [432_000, 'days'],
  [5_400, 'minutes'],
  [7_200, 'hours'],
  [90, 'minutes'],
])('%i s is shown in %s', (seconds, unit) => {
  expect(fittingTimeUnit(seconds)).toBe(unit);
});
