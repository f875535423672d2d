import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type IisServer, iisServer } from '../../../electron/iis-import/iis-servers.ts';
import { type Metabase, readMetabase } from '../../../electron/iis-import/read-metabase.ts';

export const fixturePath = (name: string): string =>
  join(import.meta.dirname, '../../fixtures/metabase', `${name}.xml`);

export const metabaseOf = (name: string): Metabase => readMetabase(readFileSync(fixturePath(name)), name);

export const serverOf = (name: string, number = 1): IisServer => iisServer(metabaseOf(name), number, name);

/** A server as the metabase has it, with these properties alone. */
export function serverWith(properties: Readonly<Record<string, string>>): IisServer {
  const attributes = Object.entries(properties).map(([property, value]) => `${property}="${value}"`);
  const xml = `<configuration><MBProperty><IIsSmtpServer Location="/LM/SmtpSvc/1" ${attributes.join(' ')}/></MBProperty></configuration>`;
  return iisServer(readMetabase(Buffer.from(xml), 'MetaBase.xml'), 1, 'MetaBase.xml');
}

export interface AddressGroup {
  readonly mask: string;
  readonly addresses: readonly string[];
}

/** Such a list as the original stores it. */
export function ipList({
  denied = [],
  granted = [],
}: {
  readonly denied?: readonly AddressGroup[];
  readonly granted?: readonly AddressGroup[];
}): string {
  const [headerBytes, listBytes, groupBytes] = [24, 8, 20];
  const place = 0x8000_0000;
  const deniedAt = headerBytes;
  const grantedAt = deniedAt + listBytes + groupBytes * denied.length;
  const namesAt = grantedAt + listBytes + groupBytes * granted.length;
  const end = namesAt + 2 * listBytes;
  const data: number[] = [];
  const groups = (list: readonly AddressGroup[]): readonly number[] => [
    list.length,
    list.reduce((sum, { addresses }) => sum + addresses.length, 0),
    ...list.flatMap(({ mask, addresses }) => {
      const at = end + data.length;
      for (const address of [mask, ...addresses]) data.push(...address.split('.').map(Number));
      return [2, addresses.length + 1, 4, 0, place + at];
    }),
  ];
  const numbers = [
    ...[place + deniedAt, place + grantedAt, place + namesAt, place + namesAt + listBytes, 1, end],
    ...groups(denied),
    ...groups(granted),
    ...[0, 0, 0, 0],
  ];
  const words = Buffer.alloc(numbers.length * 4);
  for (const [index, number] of numbers.entries()) words.writeUInt32LE(number, index * 4);
  return Buffer.concat([words, Buffer.from(data)]).toString('hex');
}
