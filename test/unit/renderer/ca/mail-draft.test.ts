import { expect, test } from 'vitest';
import { changeOfDraft, draftOf, emptyDraft, isEmptyChange } from '../../../../renderer/ca/mail-draft.ts';
import type { ExitMail, ExitModuleSettings } from '../../../../shared/contract/computer/exit-module-calls.ts';

const mail: ExitMail = {
  key: 'CRLIssued',
  event: 'crlIssued',
  template: null,
  from: 'pki@corp.example.com',
  to: 'ops@corp.example.com',
  cc: '',
  titleFormat: 'CRL of %1',
  titleArguments: ['SanitizedCAName'],
  bodyFormat: ['One', ' ', 'Three'],
  bodyArguments: [],
};
const settings: ExitModuleSettings = {
  caName: 'CA 1',
  modules: [],
  server: null,
  authentication: null,
  eventMask: 0x21,
  layout: 'flat',
  mails: [mail],
};

test('what was looked at only is no change', () => {
  const draft = { events: { issued: true, startup: false }, mails: { CRLIssued: draftOf(mail) } };
  expect(isEmptyChange(changeOfDraft(settings, draft))).toBe(true);
  expect(isEmptyChange(changeOfDraft(settings, emptyDraft))).toBe(true);
});

test('only what differs is written', () => {
  const edited = { ...draftOf(mail), cc: ' boss@corp.example.com ', bodyFormat: 'One\n\nThree\nFour\n' };
  expect(changeOfDraft(settings, { events: { issued: false, startup: true }, mails: { CRLIssued: edited } })).toEqual({
    events: { issued: false, startup: true },
    mails: [{ key: 'CRLIssued', cc: 'boss@corp.example.com', bodyFormat: ['One', '', 'Three', 'Four'] }],
  });
});

test('names of values are one in each line, blank lines mean nothing', () => {
  const edited = { ...draftOf(mail), titleArguments: 'SanitizedCAName\n\n  Request.RequestID ' };
  expect(changeOfDraft(settings, { events: {}, mails: { CRLIssued: edited } }).mails).toEqual([
    { key: 'CRLIssued', titleArguments: ['SanitizedCAName', 'Request.RequestID'] },
  ]);
});

test('a mask that is not set has no events', () => {
  const change = changeOfDraft(
    { ...settings, eventMask: null },
    { events: { issued: true, denied: false }, mails: {} },
  );
  expect(change).toEqual({ events: { issued: true } });
});
