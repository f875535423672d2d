import { expect, test } from 'vitest';
import { noSecretChanges, secretState, withSecretChange } from '../../../../renderer/properties/secret-changes.ts';
import { certificatePassphrase, userSecret } from '../../../../shared/settings/secrets.ts';

const known = [userSecret('Anna')];

test('a secret is what the relay says until it is changed', () => {
  expect(secretState(known, noSecretChanges, userSecret('anna'))).toBe('set');
  expect(secretState(known, noSecretChanges, certificatePassphrase)).toBe('none');
});

test('a new value and a removal wait until they are applied', () => {
  const removed = withSecretChange(known, noSecretChanges, userSecret('Anna'), null);
  const both = withSecretChange(known, removed, certificatePassphrase, 'secret');
  expect(secretState(known, both, userSecret('Anna'))).toBe('willBeRemoved');
  expect(secretState(known, both, certificatePassphrase)).toBe('willBeSet');
  expect([...both]).toEqual([
    [userSecret('Anna'), null],
    [certificatePassphrase, 'secret'],
  ]);
});

test('what is taken back, or removed where nothing is set, is no change', () => {
  const set = withSecretChange(known, noSecretChanges, certificatePassphrase, 'secret');
  expect(withSecretChange(known, set, certificatePassphrase, undefined).size).toBe(0);
  expect(withSecretChange(known, set, certificatePassphrase, null).size).toBe(0);
});
