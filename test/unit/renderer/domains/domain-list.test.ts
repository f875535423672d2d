import { expect, test, vi } from 'vitest';
import { type DomainQuestion, domainActions } from '../../../../renderer/domains/domain-actions.ts';
import { domainRows } from '../../../../renderer/domains/domain-rows.ts';
import { flagsText, routeText } from '../../../../renderer/domains/domain-text.ts';
import { remoteDomainSchema } from '../../../../shared/settings/remote-domain.ts';
import { defaultServerSettings, type ServerSettings } from '../../../../shared/settings/server-settings.ts';
import { areaTexts } from '../area-texts.ts';

const t = await areaTexts('en', 'domains');
const settings: ServerSettings = {
  ...defaultServerSettings,
  'domains.default': 'corp.example',
  'domains.aliases': ['pki.example'],
  'domains.remote': [
    remoteDomainSchema.parse({ name: 'plain.example' }),
    remoteDomainSchema.parse({
      name: 'special.example',
      smartHosts: ['a.example:587', 'b.example'],
      held: true,
      relayAllowed: true,
      security: {},
      port: 26,
      helo: true,
    }),
  ],
};
const rows = domainRows(settings);
const [first, alias, plain, special] = rows;

test('the list tells the way of each domain and what is special about it', () => {
  expect(rows.map((row) => routeText(t, row, settings))).toEqual([
    'Drop directory',
    'Drop directory',
    'DNS',
    'a.example:587, b.example',
  ]);
  expect(rows.map((row) => flagsText(t, row, settings))).toEqual([
    '',
    '',
    '',
    'Held, Open for relay, Own security, Port 26, HELO',
  ]);
});

test('an alias without a default domain is not in use', () => {
  const without = { ...settings, 'domains.default': '' };
  const [row] = domainRows(without);
  if (row === undefined) throw new Error('no row');
  expect(routeText(t, row, without)).toBe('As the server');
  expect(flagsText(t, row, without)).toContain('Not in use');
});

const available = (selected: typeof rows) => {
  const asked: DomainQuestion[] = [];
  const setDefault = vi.fn();
  const actions = domainActions(t, { settings, selected, ask: (question) => asked.push(question), setDefault });
  return {
    ids: actions.filter(({ disabledReason }) => disabledReason === undefined).map(({ id }) => id),
    reasons: new Map(actions.map(({ id, disabledReason }) => [id, disabledReason])),
    run: (id: string) => actions.find((action) => action.id === id)?.run(),
    asked,
    setDefault,
  };
};
const only = (row: (typeof rows)[number] | undefined) => (row === undefined ? [] : [row]);

test('each kind of domain has the actions that make sense for it', () => {
  expect(available(only(first)).ids).toEqual(['rename', 'properties']);
  expect(available(only(alias)).ids).toEqual(['setDefault', 'delete', 'rename', 'properties']);
  expect(available(only(plain)).ids).toEqual(['delete', 'rename', 'properties']);
  expect(available([...only(plain), ...only(special)]).ids).toEqual(['delete']);
  expect(available([]).ids).toEqual([]);
});

test('an action that cannot be used says why', () => {
  expect(available(only(first)).reasons.get('delete')).toContain('while it has aliases');
  expect(available(only(plain)).reasons.get('setDefault')).toContain('Only an alias');
  expect(available(rows).reasons.get('properties')).toContain('one domain only');
});

test('actions are about what is selected', () => {
  const ofAlias = available(only(alias));
  ofAlias.run('setDefault');
  expect(ofAlias.setDefault).toHaveBeenCalledWith(alias);
  const two = available([...only(plain), ...only(special)]);
  two.run('delete');
  two.run('rename');
  expect(two.asked).toEqual([{ kind: 'delete', rows: [plain, special] }]);
});
