import { describe, expect, test } from 'vitest';
import { noRules, type QueueRules, type RuleId, ruleIds } from '../../../../renderer/queue/filter-rules.ts';
import {
  type DraftProblem,
  draftsOf,
  emptyDraft,
  fieldOf,
  freeConditions,
  nextDraft,
  type RuleDraft,
  rulesOf,
  withCondition,
} from '../../../../renderer/queue/rule-drafts.ts';

const draft = (id: RuleId, change: Partial<RuleDraft> = {}): RuleDraft => ({ ...emptyDraft(id), ...change });

test('rules become rows and rows the same rules again', () => {
  const rules: QueueRules = {
    ...noRules,
    states: ['held'],
    subject: 'denied',
    nextHop: 'example.org',
    olderThan: { amount: 3, unit: 'hours' },
    largerThan: { amount: 100, unit: 'KB' },
  };
  const drafts = draftsOf(rules);
  expect(drafts.map(({ row, id }) => [row, id])).toEqual([
    [0, 'states'],
    [1, 'subject'],
    [2, 'nextHop'],
    [3, 'olderThan'],
    [4, 'largerThan'],
  ]);
  expect(rulesOf(drafts)).toEqual({ ok: true, rules });
});

test('no row is no filter', () => {
  expect(rulesOf([])).toEqual({ ok: true, rules: noRules });
});

describe('a row that says nothing is refused', () => {
  test.each<[RuleId, Partial<RuleDraft>, DraftProblem]>([
    ['states', {}, 'states'],
    ['sender', { text: '   ' }, 'text'],
    ['lastError', {}, 'text'],
    ['nextHop', {}, 'nextHop'],
    ['olderThan', { text: '' }, 'amount'],
    ['newerThan', { text: '0' }, 'amount'],
    ['newerThan', { text: '1.5' }, 'amount'],
    ['largerThan', { text: '1000000', unit: 'KB' }, 'amount'],
    ['largerThan', { text: '-1', unit: 'KB' }, 'amount'],
  ])('%s %j', (id, change, problem) => {
    expect(rulesOf([draft('subject', { text: 'x' }), draft(id, change)])).toEqual({
      ok: false,
      problems: { [id]: problem },
    });
  });
});

test('blanks around a text do not count, but a next hop is taken as it is', () => {
  const result = rulesOf([draft('sender', { text: ' ca@ ' }), draft('nextHop', { text: 'a, b' })]);
  expect(result).toEqual({ ok: true, rules: { ...noRules, sender: 'ca@', nextHop: 'a, b' } });
});

describe('conditions', () => {
  test('each is there once at the most', () => {
    expect(freeConditions([draft('olderThan')], 'age', null)).toEqual(['newerThan']);
    expect(freeConditions([draft('olderThan'), draft('newerThan')], 'age', 'newerThan')).toEqual(['newerThan']);
    expect(freeConditions([draft('sender')], 'sender', null)).toEqual([]);
  });

  test('more rows are to be had until every condition is there', () => {
    const drafts: RuleDraft[] = [];
    for (let further = nextDraft(drafts); further !== null; further = nextDraft(drafts)) drafts.push(further);
    expect(drafts.map(({ id }) => id)).toEqual(ruleIds);
    expect(drafts.map(({ row }) => row)).toEqual(ruleIds.map((_id, row) => row));
  });

  test('a row that turns to another condition keeps what still fits', () => {
    const age = draft('olderThan', { row: 4, text: '3', unit: 'days' });
    expect(withCondition(age, 'newerThan')).toEqual({ ...age, id: 'newerThan' });
    expect(withCondition(age, 'largerThan')).toEqual({ ...age, id: 'largerThan', unit: 'KB' });
    expect(withCondition(age, 'sender')).toMatchObject({ row: 4, id: 'sender', text: '3' });
  });

  test('each belongs to a field', () => {
    expect(ruleIds.map(fieldOf)).toEqual([
      'state',
      'sender',
      'recipient',
      'subject',
      'lastError',
      'nextHop',
      'age',
      'age',
      'size',
    ]);
  });
});
