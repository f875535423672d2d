import { expect, test } from 'vitest';
import { moveBy, removeAt, replaceAt, selectedAfterRemoval } from '../../../../renderer/properties/edit-list.ts';
import { joinListen, listenProblem, splitListen } from '../../../../renderer/properties/listen-entry.ts';

test('entries are replaced, removed and moved without touching the list', () => {
  const list = ['a', 'b', 'c'];
  expect(replaceAt(list, 1, 'x')).toEqual(['a', 'x', 'c']);
  expect(removeAt(list, 0)).toEqual(['b', 'c']);
  expect(moveBy(list, 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moveBy(list, 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moveBy(list, 0, -1)).toBeNull();
  expect(moveBy(list, 2, 1)).toBeNull();
  expect(list).toEqual(['a', 'b', 'c']);
});

test.each([
  [0, 2, 0],
  [2, 2, 1],
  [0, 0, null],
])('after row %i was removed and %i are left, row %s is selected', (index, left, selected) => {
  expect(selectedAfterRemoval(index, left)).toBe(selected);
});

test.each([
  ['127.0.0.1:25', '127.0.0.1', '25'],
  ['[::1]:25', '::1', '25'],
  ['*:2525', '*', '2525'],
  ['[::1]:', '::1', ''],
])('%s is an address and a port, and comes back', (text, address, portText) => {
  expect(splitListen(text)).toEqual({ address, portText });
  expect(joinListen({ address, portText })).toBe(text);
});

test.each([
  ['25', null],
  [' 26 ', null],
  ['', 'port'],
  ['0', 'port'],
  ['65536', 'port'],
  ['2525', 'duplicate'],
])('the port %j: %s', (portText, problem) => {
  expect(listenProblem({ address: '127.0.0.1', portText }, ['127.0.0.1:2525'])).toBe(problem);
});
