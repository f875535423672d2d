import { describe, expect, test } from 'vitest';
import {
  activeRules,
  dependsOnTime,
  noRules,
  parseRules,
  type QueueRules,
  queueFilterOf,
  ruleIds,
  withoutRule,
} from '../../../../renderer/queue/filter-rules.ts';
import { createQueueFormat } from '../../../../renderer/queue/format.ts';
import { ruleText } from '../../../../renderer/queue/rule-text.ts';
import { queueFilterSchema } from '../../../../shared/contract/messages.ts';
import { areaTexts } from '../area-texts.ts';

const nowMs = Date.parse('2030-01-03T00:00:00Z');
const everyRule: QueueRules = {
  states: ['retry', 'held'],
  sender: 'ca@',
  recipient: 'pki',
  subject: 'denied',
  lastError: '4.7.1',
  nextHop: 'mail.example.org, mail2.example.org:587',
  olderThan: { amount: 2, unit: 'days' },
  newerThan: { amount: 90, unit: 'minutes' },
  largerThan: { amount: 5, unit: 'MB' },
};

describe('what the relay is asked for', () => {
  test('no rule and no search is the whole queue', () => {
    expect(queueFilterOf(noRules, '', nowMs)).toEqual({});
  });

  test('every rule and the search become one filter of the contract', () => {
    const filter = queueFilterOf(everyRule, 'two words', nowMs);
    expect(filter).toEqual({
      search: 'two words',
      states: ['retry', 'held'],
      sender: 'ca@',
      recipient: 'pki',
      subject: 'denied',
      lastError: '4.7.1',
      nextHop: 'mail.example.org, mail2.example.org:587',
      receivedBeforeMs: Date.parse('2030-01-01T00:00:00Z'),
      receivedAfterMs: Date.parse('2030-01-02T22:30:00Z'),
      largerThanBytes: 5_242_880,
    });
    expect(queueFilterSchema.parse(filter)).toEqual(filter);
  });

  test('an age beyond the beginning of time is still a moment of the contract', () => {
    const filter = queueFilterOf({ ...noRules, newerThan: { amount: 999_999, unit: 'days' } }, '', nowMs);
    expect(queueFilterSchema.parse(filter)).toEqual({ receivedAfterMs: 0 });
  });

  test('only ages depend on the time', () => {
    expect(dependsOnTime(everyRule)).toBe(true);
    expect(dependsOnTime({ ...everyRule, olderThan: null, newerThan: null })).toBe(false);
  });
});

test('rules are taken away one by one', () => {
  let rules = everyRule;
  expect(activeRules(rules)).toEqual(ruleIds);
  for (const [done, id] of ruleIds.entries()) {
    rules = withoutRule(rules, id);
    expect(activeRules(rules)).toEqual(ruleIds.slice(done + 1));
  }
  expect(rules).toEqual(noRules);
});

describe('what was remembered', () => {
  test('comes back as it was', () => {
    expect(parseRules(JSON.parse(JSON.stringify(everyRule)))).toEqual(everyRule);
  });

  test.each([undefined, null, 'all', 7, []])('%j is no filter', (raw) => {
    expect(parseRules(raw)).toEqual(noRules);
  });

  test.each<[string, object, Partial<QueueRules>]>([
    ['states that do not exist', { states: ['held', 'gone'] }, { states: ['held'] }],
    ['texts that are too long for the contract', { subject: 'x'.repeat(201) }, {}],
    ['texts that are none', { sender: 7 }, {}],
    ['amounts that are none', { olderThan: { amount: 0, unit: 'days' }, newerThan: { amount: 1.5, unit: 'days' } }, {}],
    ['units of something else', { largerThan: { amount: 1, unit: 'days' } }, {}],
    ['an empty next hop', { nextHop: '' }, {}],
  ])('leaves out %s', (_name, raw, expected) => {
    expect(parseRules(raw)).toEqual({ ...noRules, ...expected });
  });
});

test.each([
  [
    'en',
    [
      'Status: Retry, Held',
      'From contains “ca@”',
      'To contains “pki”',
      'Subject contains “denied”',
      'Last error contains “4.7.1”',
      'Next hop is mail.example.org, mail2.example.org:587',
      'Older than 2 days',
      'Newer than 1 hr 30 min',
      'Larger than 5 MB',
    ],
  ],
  [
    'de',
    [
      'Status: Wiederholen, Angehalten',
      'Von enthält „ca@“',
      'An enthält „pki“',
      'Betreff enthält „denied“',
      'Letzter Fehler enthält „4.7.1“',
      'Nächster Hop ist mail.example.org, mail2.example.org:587',
      'Älter als 2 Tg.',
      'Neuer als 1 Std. 30 Min.',
      'Größer als 5 MB',
    ],
  ],
] as const)('chips say in %s what is listed', async (language, expected) => {
  const t = await areaTexts(language, 'queue');
  const format = createQueueFormat(language, 'UTC');
  expect(ruleIds.map((id) => ruleText(everyRule, id, t, format))).toEqual(expected);
});
