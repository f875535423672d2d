import { expect, test } from 'vitest';
import { classifyQueue, highestId } from '../../../electron/spool/spool-paths.ts';

const a = '01JGFJJZ00AAAAAAAAAAAAAAAA';
const b = '01JGFJJZ00BBBBBBBBBBBBBBBB';
const c = '01JGFJJZ00CCCCCCCCCCCCCCCC';
const d = '01JGFJJZ00DDDDDDDDDDDDDDDD';

test('every file of the queue folder finds its place', () => {
  const names = [
    `${d}.eml`,
    `${d}.pickup`,
    `${d}.pickup.tmp`,
    `${b}.eml`,
    `${a}.eml`,
    `${b}.json`,
    `${c}.json`,
    `${c}.tmp`,
    `${a}.json.tmp`,
  ];
  const foreign = [
    'desktop.ini',
    `${a.toLowerCase()}.eml`,
    `${a}.EML`,
    `${a}.eml.bak`,
    `7${a.slice(1)}.eml`,
    `${a}x.eml`,
  ];
  const listing = classifyQueue([
    ...[...names, ...foreign].map((name) => ({ name, isFile: true })),
    { name: `${c}.eml`, isFile: false },
  ]);
  expect(listing).toEqual({
    messages: [a, b],
    states: new Set([b, c]),
    orphans: [c],
    takeOvers: [d],
    unfinished: [`${d}.pickup.tmp`, `${c}.tmp`, `${a}.json.tmp`],
    foreign: [...foreign, `${c}.eml`],
  });
});

test.each([
  { names: [], highest: undefined },
  { names: ['readme.txt', `7${a.slice(1)}.eml`], highest: undefined },
  { names: [`${a}.eml`, `${c}.txt`, `${b}.json`], highest: c },
  { names: [`${a}.eml.2`, `${b}.tmp`], highest: b },
])('the highest id of $names is $highest', ({ names, highest }) => {
  expect(highestId(names)).toBe(highest);
});
