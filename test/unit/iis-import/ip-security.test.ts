import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeIpSecurity } from '../../../electron/iis-import/ip-security.ts';
import { ipList } from './fixture.ts';

/** What the dialog of the original stores for "Only the list below: 127.0.0.1", as the Salt project documents it. */
const documented = [
  ...['24.0.0.128', '32.0.0.128', '60.0.0.128', '68.0.0.128', '1.0.0.0', '76.0.0.0', '0.0.0.0', '0.0.0.0', '1.0.0.0'],
  ...['1.0.0.0', '2.0.0.0', '2.0.0.0', '4.0.0.0', '0.0.0.0', '76.0.0.128', '0.0.0.0', '0.0.0.0', '0.0.0.0', '0.0.0.0'],
  ...['255.255.255.255', '127.0.0.1'],
];
const documentedHex = Buffer.from(documented.flatMap((word) => word.split('.').map(Number))).toString('hex');

describe('decodeIpSecurity', () => {
  it('reads the documented list', () => {
    expect(decodeIpSecurity(documentedHex)).toEqual({
      grantByDefault: false,
      addresses: ['127.0.0.1'],
      names: [],
      namesMissing: false,
    });
    expect(ipList({ granted: [{ mask: '255.255.255.255', addresses: ['127.0.0.1'] }] })).toBe(documentedHex);
  });

  it('reads groups of computers with their masks, granted or denied', () => {
    const groups = [
      { mask: '255.255.255.255', addresses: ['10.1.1.5', '10.1.1.6'] },
      { mask: '255.255.255.0', addresses: ['10.9.0.0'] },
    ];
    const addresses = ['10.1.1.5', '10.1.1.6', '10.9.0.0/255.255.255.0'];
    expect(decodeIpSecurity(ipList({ granted: groups }))).toMatchObject({ grantByDefault: false, addresses });
    expect(decodeIpSecurity(ipList({ denied: groups }))).toMatchObject({ grantByDefault: true, addresses });
  });

  it('takes the grant for 0.0.0.0 as what it stands for: nobody', () => {
    const nobody = ipList({ granted: [{ mask: '255.255.255.255', addresses: ['0.0.0.0'] }] });
    expect(decodeIpSecurity(nobody)).toMatchObject({ grantByDefault: false, addresses: [] });
  });

  it('takes an empty value as everybody', () => {
    expect(decodeIpSecurity('')).toMatchObject({ grantByDefault: true, addresses: [] });
  });

  it.each([
    ['cut off', documentedHex.slice(0, -8)],
    ['an odd number of digits', documentedHex.slice(0, -1)],
    ['no hexadecimal text', 'zz'],
    ['a place outside of it', `ffffffff${documentedHex.slice(8)}`],
    ['more entries than there are', documentedHex.replace('0100000001000000', '0100000009000000')],
    ['another address family', documentedHex.replace('0200000002000000', '1700000002000000')],
    [
      'grants and denials at once',
      ipList({
        granted: [{ mask: '255.255.255.255', addresses: ['10.0.0.1'] }],
        denied: [{ mask: '255.255.255.255', addresses: ['10.0.0.2'] }],
      }),
    ],
  ])('does not guess at %s', (_what, hex) => {
    expect(decodeIpSecurity(hex)).toBeNull();
  });

  it('reads names as text, and says when there are more than it finds', () => {
    const withName = (count: number, text: string): string => {
      const bytes = Buffer.from(ipList({}), 'hex');
      bytes.writeUInt32LE(count, bytes.readUInt32LE(12) - 0x8000_0000 + 4);
      return bytes.toString('hex') + Buffer.from(`${text}\0`).toString('hex');
    };
    expect(decodeIpSecurity(withName(1, '*.corp.example.com'))).toEqual({
      grantByDefault: false,
      addresses: [],
      names: ['*.corp.example.com'],
      namesMissing: false,
    });
    expect(decodeIpSecurity(withName(2, '*.corp.example.com'))).toMatchObject({ names: [], namesMissing: true });
  });

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        decodeIpSecurity(Buffer.from(bytes).toString('hex'));
        const damaged = Buffer.from(documentedHex, 'hex');
        damaged.set(bytes.slice(0, damaged.length));
        const read = decodeIpSecurity(damaged.toString('hex'));
        expect(read === null || read.addresses.length < 100).toBe(true);
      }),
    );
  });
});
