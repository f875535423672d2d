/**
 * `npm run settings-reference`: writes electron/settings/REFERENCE.md from the schema and the texts.
 *   --check   writes nothing; exit status 1 when the page is not what the schema gives
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { settingsReferencePage } from './settings-reference-page.ts';

const path = resolve(import.meta.dirname, '../settings/REFERENCE.md');

function readPage(): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const { values } = parseArgs({ options: { check: { type: 'boolean' } } });
const page = settingsReferencePage();
if (values.check !== true) {
  writeFileSync(path, page);
  console.log(`${path} is written`);
} else if (readPage() === page) {
  console.log('The settings reference is up to date');
} else {
  console.error(`${path} is not what the schema gives. Run "npm run settings-reference".`);
  process.exitCode = 1;
}
