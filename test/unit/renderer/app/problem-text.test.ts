import { expect, test } from 'vitest';
import { createI18n } from '../../../../renderer/app/i18n.ts';
import { problemText, warningText } from '../../../../renderer/app/problem-text.ts';
import type { Problem } from '../../../../shared/contract/problem.ts';
import { problemCodes } from '../../../../shared/contract/problem.ts';
import { warningSchema } from '../../../../shared/contract/servers.ts';

class EmptyStorage implements Storage {
  readonly length = 0;
  clear(): void {}
  getItem(): null {
    return null;
  }
  key(): null {
    return null;
  }
  removeItem(): void {}
  setItem(): void {}
}

const german = createI18n(new EmptyStorage(), ['de-AT']);
const textOf = (problem: Problem, language = 'de') =>
  problemText(german.getFixedT('de', 'problems'), language, problem);

test('in English the sentence of the relay is the text', () => {
  const message = 'Another program listens on 127.0.0.1:25.';
  expect(textOf({ code: 'addressInUse', message }, 'en')).toEqual({ summary: message, detail: null });
});

test.each(problemCodes)('%s has a German summary, with the sentence of the relay below', (code) => {
  const { summary, detail } = textOf({ code, message: 'English.' });
  expect(summary).not.toBe(code);
  expect(summary).not.toMatch(/[{}]/);
  expect(detail).toBe('English.');
});

test('a problem of one address names it', () => {
  const problem: Problem = { code: 'addressInUse', message: 'x', parameters: { endpoint: '[::1]:25' } };
  expect(textOf(problem).summary).toBe('Ein anderes Programm lauscht auf [::1]:25.');
});

test.each(warningSchema.shape.code.options)('the warning %s has a German text with its values', (code) => {
  const parameters = {
    endpoint: '127.0.0.1:25',
    nextHop: 'mail.example.org',
    lastError: 'time-out',
    folder: '/x',
    count: 3,
    file: '/x/relay.pem',
    reason: 'EACCES',
    since: '2030-01-15T12:00:00.000Z',
    expires: '2030-01-15T12:00:00.000Z',
  };
  const { summary } = warningText(german.getFixedT('de', 'server'), 'de', {
    code,
    serverId: '1',
    message: 'English.',
    parameters,
  });
  expect(summary).not.toContain('warning.');
  expect(summary).not.toMatch(/[{}]/);
});

test.each([
  ['oldestMessage', { since: '2030-01-15T12:00:00.000Z' }, /wartet seit 15\.01\.2030, [0-9]{2}:[0-9]{2}\.$/],
  [
    'certificateExpiring',
    { file: 'relay.pem', expires: '2030-01-15T12:00:00.000Z' },
    /15\.01\.2030, [0-9]{2}:[0-9]{2}$/,
  ],
  ['certificateExpiring', { file: 'relay.pem', expires: 'bald' }, /bald$/],
] as const)('the moment of the warning %s is written as in German: %o', (code, parameters, text) => {
  const warning = { code, serverId: '1', message: 'English.', parameters };
  expect(warningText(german.getFixedT('de', 'server'), 'de', warning).summary).toMatch(text);
});

test('in English the moments of the sentence are written as people write them', () => {
  const message = 'The oldest message waits since 2030-01-15T12:00:00.000Z, longer than 4h.';
  const warning = { code: 'oldestMessage', serverId: '1', message, parameters: {} } as const;
  const { summary, detail } = warningText(german.getFixedT('en', 'server'), 'en', warning);
  expect(summary).toMatch(
    /^The oldest message waits since Jan 15, 2030, [0-9]{1,2}:[0-9]{2}\s[AP]M, longer than 4h\.$/,
  );
  expect(detail).toBeNull();
});
