import { describe, expect, test } from 'vitest';
import {
  isPermissive,
  licenceText,
  packageFolder,
  requirePermissive,
  type ShippedPackage,
  shippedBom,
} from '../../../electron/scripts/licences.ts';

const zod: ShippedPackage = {
  name: 'zod',
  version: '4.6.7',
  licence: 'MIT',
  folder: 'node_modules/zod',
  text: 'Words.',
};

test.each(['MIT', 'ISC', '(MIT OR GPL-3.0)', 'MIT AND ISC', 'OFL-1.1'])('%s is permissive', (licence) => {
  expect(isPermissive(licence)).toBe(true);
});

test.each(['GPL-3.0', 'MIT AND GPL-3.0', 'MPL-2.0', 'none', '', 'SEE LICENSE IN x', 'UNLICENSED'])(
  '%j is not permissive',
  (licence) => {
    expect(isPermissive(licence)).toBe(false);
  },
);

test('a package without a permissive licence stops the packaging by its name', () => {
  expect(() => requirePermissive([zod])).not.toThrow();
  expect(() => requirePermissive([zod, { ...zod, name: 'viral', licence: 'GPL-3.0' }])).toThrow('viral 4.6.7: GPL-3.0');
});

test.each([
  ['/project/node_modules/zod/v4/core.js', 'node_modules/zod'],
  ['/project/node_modules/@mui/material/Button/index.js?x', 'node_modules/@mui/material'],
  ['C:\\project\\node_modules\\ws\\lib\\a.js', 'node_modules/ws'],
  ['\0/project/node_modules/react/index.js?commonjs', 'node_modules/react'],
  ['/project/node_modules/a/node_modules/b/c.js', 'node_modules/a/node_modules/b'],
  ['/project/electron/service.ts', null],
  ['node:fs', null],
])('%j belongs to %j', (id, folder) => {
  expect(packageFolder(id)).toBe(folder);
});

test('the list has names, versions, licences and their words', () => {
  expect(licenceText([zod])).toMatch(/zod 4\.6\.7\nLicence: MIT\n\nWords\./);
});

describe('the bill of materials', () => {
  const development = { name: 'cdx:npm:package:development', value: 'true' };
  const bom = {
    specVersion: '1.5',
    metadata: { component: { name: 'main', type: 'library' } },
    components: [
      { 'bom-ref': 'zod@4.6.7', properties: [development] },
      { 'bom-ref': 'zod@3.0.0' },
      { 'bom-ref': 'vite@8.0.0' },
    ],
    dependencies: [
      { ref: 'smtp-relay-manager@0.1.0', dependsOn: ['zod@4.6.7', 'vite@8.0.0'] },
      { ref: 'zod@4.6.7', dependsOn: [] },
      { ref: 'vite@8.0.0', dependsOn: ['zod@3.0.0'] },
    ],
  };

  test('has what is shipped and nothing else', () => {
    const shipped = shippedBom(bom, [zod]);
    expect(shipped.components).toEqual([{ 'bom-ref': 'zod@4.6.7', properties: [] }]);
    expect(shipped.dependencies).toEqual([
      { ref: 'smtp-relay-manager@0.1.0', dependsOn: ['zod@4.6.7'] },
      { ref: 'zod@4.6.7', dependsOn: [] },
    ]);
  });

  test('is not written where something shipped is missing in it', () => {
    expect(() => shippedBom(bom, [zod, { ...zod, name: 'react', version: '19.3.1' }])).toThrow('lacks react@19.3.1');
  });

  test('is about the application, whatever folder it is built in', () => {
    expect(shippedBom(bom, []).metadata.component).toMatchObject({ name: 'smtp-relay-manager', type: 'application' });
  });
});
