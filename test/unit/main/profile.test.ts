import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { openDesktopLanguage } from '../../../electron/main/desktop-language.ts';
import { readProfileFile, writeProfileFile } from '../../../electron/main/profile-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'profile-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const schema = z.object({ width: z.int() });

test('what is written is read again, in a folder that did not exist', () => {
  const file = join(folder, 'a/b/window.json');
  writeProfileFile(file, { width: 3 });
  expect(readProfileFile(file, schema)).toEqual({ width: 3 });
});

test.each(['', '{', '{"width":"wide"}'])('a file that holds %j is as good as none', (text) => {
  const file = join(folder, 'window.json');
  writeFileSync(file, text);
  expect(readProfileFile(file, schema)).toBeNull();
});

test('a profile that can not be written bothers nobody', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => writeProfileFile(join(folder, 'file/window.json'), { width: 3 })).not.toThrow();
});

test.each([
  { system: ['de-AT', 'en'], language: 'de' },
  { system: ['fr', 'en-GB'], language: 'en' },
  { system: [], language: 'en' },
])('before anybody chose a language it is that of the system: $system', ({ system, language }) => {
  expect(openDesktopLanguage(join(folder, 'language.json'), system).current).toBe(language);
});

test('the language of the console is kept for the next start', () => {
  const file = join(folder, 'language.json');
  const language = openDesktopLanguage(file, ['en']);
  language.choose('de');
  expect(language.texts.desktop.tray.open).toBe('Konsole öffnen');
  expect(openDesktopLanguage(file, ['en']).current).toBe('de');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ language: 'de' });
});
