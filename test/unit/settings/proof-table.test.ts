/** The table in electron/README.md: every setting has a test that proves its effect, and the test is there. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { outboundSecuritySchema } from '../../../shared/settings/outbound-security.ts';
import { remoteDomainSchema } from '../../../shared/settings/remote-domain.ts';
import { settingKeys } from '../../../shared/settings/server-settings.ts';

const root = resolve(import.meta.dirname, '../../..');
const table = readFileSync(join(root, 'electron/README.md'), 'utf8');

interface Proof {
  readonly key: string;
  readonly file: string;
  readonly name: string;
}

const proofs: readonly Proof[] = [
  ...table.matchAll(/^\| `([a-z]+\.[A-Za-z.]+)` \| `((?:unit|integration)\/[a-z0-9/-]+)` \| (.+) \|$/gm),
].map(([, key = '', file = '', name = '']) => ({ key, file: `test/${file}.test.ts`, name }));

/** What stands where a test has its name: after `test(`, `test.skipIf(…)(` or the table of `test.each(…)(`. */
const nameOfTest = /(?:\btest(?:\.\w+)?\(|\)\()\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g;
const namesIn = (file: string): ReadonlySet<string> =>
  new Set(
    Array.from(readFileSync(join(root, file), 'utf8').matchAll(nameOfTest), ([, , name = '']) =>
      name.replace(/\\(.)/g, '$1'),
    ),
  );

test('every setting is in the table, those of a remote domain and its security included, and nothing else', () => {
  const wanted = [
    ...settingKeys,
    ...Object.keys(remoteDomainSchema.shape).map((field) => `domains.remote.${field}`),
    ...Object.keys(outboundSecuritySchema.shape).map((field) => `domains.remote.security.${field}`),
  ];
  expect([...new Set(proofs.map(({ key }) => key))].toSorted()).toEqual(wanted.toSorted());
});

test('every line of the table could be read', () => {
  const [, rows = ''] = table.split('| setting | file | test |\n');
  expect(rows.split('\n').filter((line) => line.startsWith('| `'))).toHaveLength(proofs.length);
});

test.each(proofs)('$key is proven by a test in $file', ({ file, name }) => {
  expect(existsSync(join(root, file)), file).toBe(true);
  expect(namesIn(file)).toContain(name);
});
