import { describe, expect, it } from 'vitest';
import { type MappingWords, newValueText, placeText } from '../../../../renderer/iis-import/mapping-text.ts';
import { createQueueFormat } from '../../../../renderer/queue/format.ts';
import type { MappingRow } from '../../../../shared/contract/computer/iis-import-calls.ts';
import { texts } from '../../../../shared/texts/index.ts';

const en: MappingWords = { texts: texts.en, format: createQueueFormat('en-US') };
const de: MappingWords = { texts: texts.de, format: createQueueFormat('de-DE') };

const row = (part: Partial<MappingRow>): MappingRow => ({
  property: 'X',
  domain: null,
  value: '1',
  setting: null,
  field: null,
  newValue: null,
  remark: 'same',
  reason: null,
  ...part,
});

describe('newValueText', () => {
  it.each([
    ['messages.sizeLimit', 2_097_152, '2 MB', '2 MB'],
    ['messages.sizeLimit', null, 'unlimited', 'unbegrenzt'],
    ['delivery.delayNotification', null, 'never', 'nie'],
    ['delivery.delayNotification', 43_200, '12 hr', '12 Std.'],
    ['delivery.retryIntervals', [900, 14_400], '15 min, 4 hr', '15 Min., 4 Std.'],
    ['delivery.reverseLookup', true, 'on', 'ein'],
    ['delivery.smartHosts', [], 'none', 'keine'],
    ['delivery.smartHosts', ['10.0.0.1', 'b.example.org'], '10.0.0.1, b.example.org', '10.0.0.1, b.example.org'],
    ['access.relayMode', 'onlyListed', 'Only the list below', 'Nur die Liste unten'],
    ['messages.badmailFolder', '', 'usual folder', 'üblicher Ordner'],
    ['delivery.outboundPort', 587, '587', '587'],
  ] as const)('shows %s = %j', (setting, newValue, english, german) => {
    expect(newValueText(en, row({ setting, newValue }))).toBe(english);
    expect(newValueText(de, row({ setting, newValue }))).toBe(german);
  });

  it('shows fields of a remote domain in the words of its sheet', () => {
    const field = (name: string, newValue: unknown) =>
      row({ setting: 'domains.remote', domain: 'example.org', field: name, newValue });
    expect(newValueText(en, field('security.tlsMode', 'required'))).toBe('Required');
    expect(newValueText(en, field('security.authentication', 'basic'))).toBe('Basic authentication');
    expect(newValueText(en, field('smartHosts', ['a', 'b']))).toBe('a, b');
    expect(newValueText(de, field('held', true))).toBe('ein');
    expect(placeText(en, field('security.userName', 'us'))).toBe('User name');
    expect(placeText(en, field('helo', true))).toBe('Send HELO instead of EHLO');
  });

  it('shows nothing where there is no place for it', () => {
    expect([placeText(en, row({})), newValueText(en, row({}))]).toEqual(['', '']);
  });
});
