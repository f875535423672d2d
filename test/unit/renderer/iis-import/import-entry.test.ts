import { describe, expect, it } from 'vitest';
import {
  countRows,
  emptyEntry,
  endpointsIn,
  filterRows,
  listenProblem,
  takesMail,
} from '../../../../renderer/iis-import/import-entry.ts';
import type { MappingRow } from '../../../../shared/contract/computer/iis-import-calls.ts';

const row = (remark: MappingRow['remark']): MappingRow => ({
  property: 'HopCount',
  domain: null,
  value: '15',
  setting: 'delivery.hopLimit',
  field: null,
  newValue: 15,
  remark,
  reason: null,
});

describe('the answers of the wizard', () => {
  it('reads endpoints however they are separated', () => {
    expect(endpointsIn(' 127.0.0.1:25\r\n[::1]:25, *:587;\n\n')).toEqual(['127.0.0.1:25', '[::1]:25', '*:587']);
  });

  it.each([
    [{ name: ' ', listenText: '*:25' }, { code: 'nameProblem' }],
    [{ name: 'A', listenText: ' \n' }, { code: 'noEndpoint' }],
    [
      { name: 'A', listenText: '*:25\n10.0.0.1' },
      { code: 'endpointProblem', text: '10.0.0.1' },
    ],
    [{ name: 'A', listenText: '*:25' }, null],
  ])('judges %j', (part, expected) => {
    expect(listenProblem({ ...emptyEntry, ...part })).toEqual(expected);
  });

  it('takes mail over only where there is some and SMTPSVC does not run', () => {
    const folder = (ready: number) => ({
      folder: '',
      ready,
      sizeBytes: 0,
      unusable: 0,
      unusableFiles: [],
      problem: null,
    });
    const ticked = { ...emptyEntry, takeMail: true };
    const mail = { queue: folder(0), pickup: folder(2) };
    expect(takesMail(ticked, { service: 'stopped', mail })).toBe(true);
    expect(takesMail(ticked, { service: 'running', mail })).toBe(false);
    expect(takesMail(emptyEntry, { service: 'stopped', mail })).toBe(false);
    expect(takesMail(ticked, { service: 'stopped', mail: { ...mail, pickup: folder(0) } })).toBe(false);
  });

  it('filters and counts rows by what becomes of them', () => {
    const rows = [row('same'), row('changed'), row('changed'), row('noEquivalent')];
    expect(filterRows(rows, 'all')).toHaveLength(4);
    expect(filterRows(rows, 'changed')).toHaveLength(2);
    expect(countRows(rows, 'noEquivalent')).toBe(1);
  });
});
