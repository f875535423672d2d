import { expect, test } from 'vitest';
import {
  endpointOf,
  freeName,
  freePortOf,
  type NewServer,
  ownerOf,
  pageOfField,
  pageProblem,
} from '../../../../renderer/wizards/new-server.ts';

const listener = (endpoint: string) => ({ endpoint, implicitTls: false, boundTo: null, problem: null });
const servers = [
  { name: 'SMTP Virtual Server #1', listeners: [listener('127.0.0.1:25'), listener('[::1]:25')] },
  { name: 'SMTP Virtual Server #3', listeners: [listener('127.0.0.1:2525')] },
];
const entry: NewServer = { name: 'New', address: '10.0.0.5', portText: '25', mailroot: '', defaultDomain: '' };

test('an endpoint belongs to the server that listens there, in whatever state', () => {
  expect(ownerOf(servers, '127.0.0.1', 25)).toBe('SMTP Virtual Server #1');
  expect(ownerOf(servers, '::1', 25)).toBe('SMTP Virtual Server #1');
  expect(ownerOf(servers, '127.0.0.1', 2_525)).toBe('SMTP Virtual Server #3');
  expect(ownerOf(servers, '127.0.0.1', 26)).toBeNull();
  expect(ownerOf(servers, '*', 25)).toBeNull();
});

test('port 25 is proposed unless it is taken, then the first free one from 2525 on', () => {
  expect(freePortOf(servers, '10.0.0.5')).toBe(25);
  expect(freePortOf(servers, '::1')).toBe(2_525);
  expect(freePortOf(servers, '127.0.0.1')).toBe(2_526);
});

test('the proposed name is one that no server has', () => {
  expect(freeName([])).toBe('SMTP Virtual Server #1');
  expect(freeName(servers)).toBe('SMTP Virtual Server #4');
});

test.each([
  ['10.0.0.5', '10.0.0.5:25'],
  ['*', '*:25'],
  ['fd00::5', '[fd00::5]:25'],
])('the address %s and a port are the endpoint %s', (address, endpoint) => {
  expect(endpointOf({ ...entry, address })).toBe(endpoint);
});

test('each page can be left when its answer can be used', () => {
  for (const page of ['name', 'address', 'folder', 'domain'] as const) {
    expect(pageProblem(page, entry, servers)).toBeNull();
  }
  expect(pageProblem('name', { ...entry, name: ' ' }, servers)).toEqual({ code: 'nameProblem' });
  expect(pageProblem('address', { ...entry, portText: '70000' }, servers)).toEqual({ code: 'portProblem' });
  expect(pageProblem('address', { ...entry, address: '::1' }, servers)).toEqual({
    code: 'taken',
    endpoint: '[::1]:25',
    server: 'SMTP Virtual Server #1',
  });
  expect(pageProblem('folder', { ...entry, mailroot: 'relative' }, servers)).toEqual({ code: 'folderProblem' });
  expect(pageProblem('folder', { ...entry, mailroot: 'D:\\Mail' }, servers)).toBeNull();
  expect(pageProblem('domain', { ...entry, defaultDomain: '*.example.org' }, servers)).toEqual({
    code: 'domainProblem',
  });
});

test.each([
  ['general.name', 'name'],
  ['listen.0', 'address'],
  ['general.listen', 'address'],
  ['mailroot', 'folder'],
  ['general.mailroot', 'folder'],
  ['defaultDomain', 'domain'],
  ['domains.default', 'domain'],
  ['something', null],
  [undefined, null],
] as const)('a refusal because of %s leads to the page %s', (field, page) => {
  expect(pageOfField(field)).toBe(page);
});
