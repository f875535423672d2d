import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { isProgram } from '../../../electron/base/is-program.ts';

const [, started = ''] = process.argv;
const { href: url } = pathToFileURL(import.meta.filename);

afterEach(() => {
  process.argv[1] = started;
});

test.each([true, false])('Node knows best: %s', (main) => {
  process.argv[1] = main ? 'elsewhere.js' : import.meta.filename;
  expect(isProgram({ main, url })).toBe(main);
});

test('before Node 22.18 the name in the command line tells', () => {
  process.argv[1] = import.meta.filename;
  expect(isProgram({ url })).toBe(true);
  process.argv[1] = `${import.meta.dirname}/node-event-log.test.ts`;
  expect(isProgram({ url })).toBe(false);
  process.argv[1] = '--service';
  expect(isProgram({ url })).toBe(false);
});
