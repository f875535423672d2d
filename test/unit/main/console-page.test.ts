import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConsoleFiles, readConsoleFiles } from '../../../electron/host/console-files.ts';
import { answerConsoleRequest } from '../../../electron/main/console-answer.ts';
import { isConsolePage, isOwnDownload, isOwnUrl } from '../../../electron/main/console-page.ts';

test.each([
  { url: 'app://console/index.html', own: true, page: true },
  { url: 'app://console/index.html?a#b', own: true, page: true },
  { url: 'app://console/assets/a.js', own: true, page: false },
  { url: 'app://console.evil/index.html', own: false, page: false },
  { url: 'app://evil/index.html', own: false, page: false },
  { url: 'https://app//console/index.html', own: false, page: false },
  { url: 'file:///app://console/index.html', own: false, page: false },
  { url: 'about:blank', own: false, page: false },
  { url: '', own: false, page: false },
])('$url: own $own, page $page', ({ url, own, page }) => {
  expect({ own: isOwnUrl(url), page: isConsolePage(url) }).toEqual({ own, page });
});

test.each([
  { url: 'blob:app://console/0d1f', own: true },
  { url: 'blob:https://evil.example/0d1f', own: false },
  { url: 'app://console/index.html', own: false },
  { url: 'data:text/plain,a', own: false },
])('$url may be downloaded: $own', ({ url, own }) => {
  expect(isOwnDownload(url)).toBe(own);
});

let folder = '';
let files: ConsoleFiles = new Map();
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'console-files-'));
  mkdirSync(join(folder, 'site/assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.html'), 'secret');
  writeFileSync(join(folder, 'site/index.html'), '<p>ä</p>');
  writeFileSync(join(folder, 'site/assets/a b.js'), 'x');
  writeFileSync(join(folder, 'site/notes.unknown'), 'x');
  files = await readConsoleFiles(join(folder, 'site'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ask = (url: string, method = 'GET') => answerConsoleRequest(files, { url, method });

test.each([
  { url: 'app://console/index.html', contentType: 'text/html; charset=utf-8', body: '<p>ä</p>' },
  { url: 'app://console/index.html?a=1#b', contentType: 'text/html; charset=utf-8', body: '<p>ä</p>' },
  { url: 'app://console/assets/a%20b.js', contentType: 'text/javascript; charset=utf-8', body: 'x' },
])('$url is served as $contentType under the policy', async ({ url, contentType, body }) => {
  const response = await ask(url);
  expect(await response.text()).toBe(body);
  expect(response.headers.get('content-type')).toBe(contentType);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/script-src 'self'(;|$)/);
});

test.each([
  ['app://console/../secret.html', 'GET'],
  ['app://console/..%2Fsecret.html', 'GET'],
  ['app://console/assets/../../secret.html', 'GET'],
  ['app://console/%2e%2e/secret.html', 'GET'],
  ['app://console/..\\secret.html', 'GET'],
  ['app://console/notes.unknown', 'GET'],
  ['app://console/', 'GET'],
  ['app://console/%ff', 'GET'],
  ['app://other/index.html', 'GET'],
  ['app://console/index.html', 'POST'],
])('%s by %s does not exist', async (url, method) => {
  const response = await ask(url, method);
  expect(response.status).toBe(404);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await response.text()).not.toContain('secret');
});
