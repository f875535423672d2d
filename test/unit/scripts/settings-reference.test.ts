import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { settingsReferencePage } from '../../../electron/scripts/settings-reference-page.ts';
import { outboundSecuritySchema } from '../../../shared/settings/outbound-security.ts';
import { remoteDomainSchema } from '../../../shared/settings/remote-domain.ts';
import { settingKeys } from '../../../shared/settings/server-settings.ts';
import { settingTexts } from '../../../shared/texts/en/settings.ts';

const page = settingsReferencePage();

test('the page in the repository is what the schema gives; "npm run settings-reference" writes it', () => {
  expect(readFileSync(resolve(import.meta.dirname, '../../../electron/settings/REFERENCE.md'), 'utf8')).toBe(page);
});

test.each(settingKeys)('%s has its entry with label, type and default', (key) => {
  const entry = page.split(/^(?=##)/m).find((section) => section.startsWith(`### \`${key}\`\n`));
  expect(entry?.replaceAll('\\', '')).toContain(`**${settingTexts[key].label}.** ${settingTexts[key].help}\n`);
  expect(entry).toMatch(/^- Takes: \S.*\.$/m);
  expect(entry).toMatch(/^- Default: (?:empty|`.+`)$/m);
});

test.each([...Object.keys(remoteDomainSchema.shape), ...Object.keys(outboundSecuritySchema.shape)])(
  'the field %s has its row',
  (field) => {
    expect(page).toMatch(new RegExp(`^\\| \`${field}\` \\| \\S.* \\| \\S.* \\| \\*\\*`, 'm'));
  },
);

test('what is not built is named with its reason', () => {
  expect(page).toContain('**LDAP Routing.** LDAP routing is not built here.');
  expect(page).toContain('**Integrated Windows authentication.**');
});
