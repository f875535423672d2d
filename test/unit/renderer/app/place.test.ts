import { expect, test } from 'vitest';
import { type History, type Place, parentOf, parsePlaceId, placeId, travel } from '../../../../renderer/app/place.ts';

const places: readonly Place[] = [
  { kind: 'root' },
  { kind: 'computer' },
  { kind: 'server', serverId: '1' },
  { kind: 'domains', serverId: '1' },
  { kind: 'sessions', serverId: '12' },
  { kind: 'queue', serverId: '9999' },
  { kind: 'badmail', serverId: '1' },
  { kind: 'log', serverId: '2' },
];

test.each(places)('the id of $kind leads back to it', (place) => {
  expect(parsePlaceId(placeId(place))).toEqual(place);
});

test.each([
  '',
  'elsewhere',
  'server/0',
  'server/12345',
  'server/1/',
  'server/1/elsewhere',
  'server/1/queue/x',
  'queue',
])('there is no place %j', (id) => {
  expect(parsePlaceId(id)).toBeNull();
});

test.each([
  ['root', null],
  ['computer', 'root'],
  ['server/1', 'computer'],
  ['server/1/queue', 'server/1'],
  ['server/1/sessions', 'server/1'],
  ['server/1/badmail', 'server/1'],
  ['server/1/log', 'server/1'],
])('above %s is %s', (id, above) => {
  const place = parsePlaceId(id);
  const parent = place === null ? null : parentOf(place);
  expect(parent === null ? null : placeId(parent)).toBe(above);
});

const start: History = { past: [], now: { kind: 'root' }, future: [] };
const go = (id: string) => ({ type: 'go', to: parsePlaceId(id) ?? { kind: 'root' } }) as const;
const ids = ({ past, now, future }: History) => [past.map(placeId), placeId(now), future.map(placeId)];

test('back and forward walk the way one came; a new step forgets the way ahead', () => {
  const there = [go('computer'), go('server/1')].reduce(travel, start);
  const back = travel(there, { type: 'back' });
  expect(ids(back)).toEqual([['root'], 'computer', ['server/1']]);
  expect(ids(travel(back, { type: 'forward' }))).toEqual(ids(there));
  expect(ids(travel(back, go('server/1/queue')))).toEqual([['root', 'computer'], 'server/1/queue', []]);
});

test('going where one is already adds nothing, and there is nothing beyond the ends', () => {
  expect(travel(start, go('root'))).toBe(start);
  expect(travel(start, { type: 'back' })).toBe(start);
  expect(travel(start, { type: 'forward' })).toBe(start);
});

test('the way back is bounded', () => {
  let history = start;
  for (let step = 0; step < 500; step += 1) history = travel(history, go(step % 2 === 0 ? 'computer' : 'root'));
  expect(history.past).toHaveLength(100);
});
