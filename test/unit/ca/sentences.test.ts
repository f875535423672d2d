import { expect, test } from 'vitest';
import { changeTargets } from '../../../electron/ca/change-targets.ts';
import { ProblemError } from '../../../shared/contract/problem.ts';
import { relaySentence } from '../../../shared/texts/relay-sentence.ts';

test.each([
  'Changing the firewall needs administrator rights. Start the console or the prompt as administrator, or copy the commands.',
  'Changing the certification authority is possible on Windows only. Copy the commands and run them on the server.',
  'The certification authority (CertSvc) is not stopped after 5 minutes; it is stopping. It was left alone: look at it in the Services window, and do not end its process.',
  'There is no change to take back.',
  '/data/ca-mail-rollback.json is damaged or of a newer version. Move it away to go on; the values in it have to be put back by hand.',
  'nothing listens there, the connection was refused',
  'no answer in time',
])('a German console has its own words for: %s', (sentence) => {
  const said = relaySentence('de', sentence);
  expect(said).not.toBe(sentence);
  expect(said).not.toMatch(/\{|Changing| the /);
});

test.each([
  [{ server: 'a b' }, '„a b“ kann nicht der Mailserver'],
  [{ mails: [{ key: 'CRLIssued', from: 'x' }] }, 'CRLIssued, From: es wird eine E-Mail-Adresse gebraucht'],
  [{ mails: [{ key: 'CRLIssued', bodyArguments: ['x y'] }] }, 'CRLIssued, BodyArg: „x y“ ist kein Name'],
  [{ mails: [{ key: 'Other', to: 'a@b' }] }, 'hat keine E-Mail namens „Other“'],
])('the refusal of %j', (change, words) => {
  const refusal = (): unknown => {
    try {
      return changeTargets(null, change);
    } catch (error) {
      return error;
    }
  };
  const error = refusal();
  expect(relaySentence('de', error instanceof ProblemError ? error.problem.message : '')).toContain(words);
});
