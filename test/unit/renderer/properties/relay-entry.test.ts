import { expect, test } from 'vitest';
import { entryOfForm, entryText, formOfEntry, isInList } from '../../../../renderer/properties/access/relay-entry.ts';

test.each([
  'host',
  '10.0.0.5',
  'fd00::5',
  '10.0.0.0/255.255.255.0',
  '10.0.0.0/24',
  'fd00::/8',
  'ca01.example.org',
  '*.example.org',
])('the entry %s comes back from its form', (entry) => {
  expect(entryOfForm(formOfEntry(entry))).toEqual({ ok: true, entry });
});

test.each([
  [
    { kind: 'single', address: ' 10.0.0.5 ' },
    { ok: true, entry: '10.0.0.5' },
  ],
  [
    { kind: 'group', address: '10.0.0.0', mask: '/24' },
    { ok: true, entry: '10.0.0.0/24' },
  ],
  [
    { kind: 'single', address: 'mail.example.org' },
    { ok: false, field: 'address' },
  ],
  [
    { kind: 'domain', name: ' *.example.org ' },
    { ok: true, entry: '*.example.org' },
  ],
  [
    { kind: 'domain', name: 'ca01' },
    { ok: false, field: 'name' },
  ],
  [
    { kind: 'domain', name: '10.0.0.5' },
    { ok: false, field: 'name' },
  ],
  [
    { kind: 'domain', name: 'host' },
    { ok: false, field: 'name' },
  ],
  [
    { kind: 'single', address: '' },
    { ok: false, field: 'address' },
  ],
  [
    { kind: 'group', address: 'x', mask: '24' },
    { ok: false, field: 'address' },
  ],
  [
    { kind: 'group', address: '10.0.0.0', mask: '255.0.255.0' },
    { ok: false, field: 'mask' },
  ],
  [
    { kind: 'group', address: '10.0.0.0', mask: '33' },
    { ok: false, field: 'mask' },
  ],
  [
    { kind: 'group', address: 'fd00::', mask: '255.0.0.0' },
    { ok: false, field: 'mask' },
  ],
] as const)('%o', (form, check) => {
  expect(entryOfForm(form)).toEqual(check);
});

test.each([
  ['host', 'this one'],
  ['10.0.0.5', '10.0.0.5'],
  ['10.0.0.0/255.0.0.0', '10.0.0.0 (255.0.0.0)'],
  ['10.0.0.0/24', '10.0.0.0 (/24)'],
  ['*.example.org', '*.example.org'],
])('%s is shown as %s', (entry, text) => {
  expect(entryText(entry, 'this one')).toBe(text);
});

test('an entry is in the list whatever its case', () => {
  expect(isInList('CA01.example.org', ['host', 'ca01.Example.org'])).toBe(true);
  expect(isInList('ca02.example.org', ['host', 'ca01.example.org'])).toBe(false);
});
