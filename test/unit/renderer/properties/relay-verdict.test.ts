import { describe, expect, test } from 'vitest';
import { verdictText } from '../../../../renderer/properties/access/relay-verdict.ts';
import { type RelayVerdict, relayVerdictSchema } from '../../../../shared/contract/servers.ts';
import { areaTexts } from '../area-texts.ts';

const verdict = (change: Partial<RelayVerdict>): RelayVerdict => ({
  allowed: true,
  reason: 'listed',
  entry: null,
  clientName: null,
  ...change,
});
const t = await areaTexts('en', 'properties');

test.each<[Partial<RelayVerdict>, string]>([
  [{ reason: 'thisComputer', entry: 'host' }, 'Yes. It is an address of this computer, which is in the list.'],
  [{ reason: 'listed', entry: '10.0.0.0/255.0.0.0' }, 'Yes. It is covered by the entry 10.0.0.0 (255.0.0.0).'],
  [{ reason: 'remoteDomain', entry: '*.example.org' }, 'Yes. Everybody may send to the remote domain *.example.org.'],
  // A domain of that name is not the entry that means this computer.
  [{ reason: 'localDomain', entry: 'host' }, 'Yes. Mail for the domain host stays on this server and is not relayed.'],
  [{ allowed: false, reason: 'notListed' }, 'No. No entry of the list covers it.'],
  [
    { allowed: false, reason: 'exceptListed', entry: '*.example.org' },
    'No. It is excluded by the entry *.example.org.',
  ],
  [
    { allowed: false, reason: 'exceptListed', entry: null },
    'No. DNS did not answer, so it may be one of the computers listed by name.',
  ],
])('%o', (change, text) => {
  expect(verdictText(t, verdict(change))).toBe(text);
});

describe.each(['en', 'de'] as const)('in %s', (language) => {
  test.each(relayVerdictSchema.shape.reason.options)('the reason %s has words', async (reason) => {
    const text = verdictText(await areaTexts(language, 'properties'), verdict({ reason, entry: 'example.org' }));
    expect(text).not.toMatch(/[{}]|relay\./);
    expect(text).toMatch(/^(?:Yes|Ja)\. ./);
  });
});
