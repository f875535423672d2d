import { expect, test } from 'vitest';
import { badRecipient, byWeight, recipientsOf } from '../../../../renderer/checks/check-text.ts';
import type { CheckFinding, CheckSeverity } from '../../../../shared/contract/computer/check-calls.ts';

test('recipients as people type them', () => {
  expect(recipientsOf(' a@example.org, b@example.org;c@example.org\n')).toEqual([
    'a@example.org',
    'b@example.org',
    'c@example.org',
  ]);
  expect(recipientsOf('  ')).toEqual([]);
});

test('the first recipient that can not be one', () => {
  expect(badRecipient(['a@example.org', 'nobody', 'x'])).toBe('nobody');
  expect(badRecipient(['a@example.org'])).toBeUndefined();
  expect(badRecipient([`${'a'.repeat(320)}@example.org`])).toBeDefined();
});

test('what hurts comes first, in the order of the topics', () => {
  const one = (severity: CheckSeverity, reason: string): CheckFinding => ({
    id: 'checkFailed',
    topic: 'relay',
    severity,
    parameters: { reason },
  });
  const sorted = byWeight([
    one('ok', 'a'),
    one('skipped', 'b'),
    one('problem', 'c'),
    one('note', 'd'),
    one('problem', 'e'),
  ]);
  expect(sorted.map(({ parameters }) => parameters.reason)).toEqual(['c', 'e', 'd', 'b', 'a']);
});
