/**
 * The binary lists `RelayIpList` and `IPSecurity`. Pure; any bytes are fine.
 *
 * Microsoft does not describe the layout. It is known from administrators' scripts that build such lists, and from what the
 * original's dialog stores for 127.0.0.1 (documented by the Salt project, module win_smtp_server). Numbers are 32 bits, least
 * significant byte first; a place in the list has its highest bit set.
 *
 *    0  places of four lists: denied addresses, granted addresses, denied names, granted names
 *   16  1        20  length of the part before the addresses
 *   each list:   number of groups, number of entries, then 20 bytes for each group:
 *                address family (2: IPv4), entries with the mask, octets of each (4), 0, place of the mask and the addresses
 *
 * No list with names is published, so the names in it are taken as what they are: text. A list that does not fit this is not
 * guessed at.
 */

export interface IpSecurity {
  /** False: only those in the list; true: all except those in the list. */
  readonly grantByDefault: boolean;
  /** '10.0.0.5', '10.0.0.0/255.255.255.0'. */
  readonly addresses: readonly string[];
  /** Names of computers and domains. */
  readonly names: readonly string[];
  /** There are names that could not be read. */
  readonly namesMissing: boolean;
}

const headerBytes = 24;
const groupBytes = 20;
const maxGroups = 1_000;
const ipv4Family = 2;
const wholeMask = '255.255.255.255';

/** Null: it is something else. @param hex  As MetaBase.xml has it. Empty: no list, everybody is granted. */
export function decodeIpSecurity(hex: string): IpSecurity | null {
  const text = hex.replace(/\s+/g, '');
  if (text === '') return { grantByDefault: true, addresses: [], names: [], namesMissing: false };
  if (!/^(?:[0-9a-f]{2})+$/i.test(text)) return null;
  const bytes = Buffer.from(text, 'hex');
  if (bytes.length < headerBytes) return null;
  const denied = readAddresses(bytes, 0);
  const granted = readAddresses(bytes, 4);
  const deniedNames = countOf(bytes, 8);
  const grantedNames = countOf(bytes, 12);
  if (denied === null || granted === null || deniedNames === null || grantedNames === null) return null;
  const grants = granted.length + grantedNames > 0;
  // The original's dialog writes one kind or the other; whoever mixed them by a script is asked to look.
  if (grants && denied.length + deniedNames > 0) return null;
  const nameCount = deniedNames + grantedNames;
  const names = nameCount === 0 ? [] : namesIn(bytes);
  const areAll = names.length === nameCount;
  return {
    grantByDefault: !grants,
    // "Nobody" is stored as a grant for the address nobody has.
    addresses: (grants ? granted : denied).filter((entry) => entry !== '0.0.0.0'),
    names: areAll ? names : [],
    namesMissing: !areAll,
  };
}

function readAddresses(bytes: Buffer, pointerAt: number): readonly string[] | null {
  const list = placeAt(bytes, pointerAt, 8);
  if (list === null) return null;
  const [groups, total] = [bytes.readUInt32LE(list), bytes.readUInt32LE(list + 4)];
  if (groups > maxGroups || list + 8 + groups * groupBytes > bytes.length) return null;
  const entries: string[] = [];
  for (let group = 0; group < groups; group += 1) {
    const read = readGroup(bytes, list + 8 + group * groupBytes);
    if (read === null) return null;
    entries.push(...read);
  }
  return entries.length === total ? entries : null;
}

function readGroup(bytes: Buffer, at: number): readonly string[] | null {
  const [family, items, itemBytes] = [0, 4, 8].map((offset) => bytes.readUInt32LE(at + offset));
  if (family !== ipv4Family || itemBytes !== 4 || items === undefined || items < 1) return null;
  const first = placeAt(bytes, at + 16, items * itemBytes);
  if (first === null) return null;
  const addressAt = (index: number): string => [...bytes.subarray(first + index * 4, first + index * 4 + 4)].join('.');
  const mask = addressAt(0);
  return Array.from({ length: items - 1 }, (_, index) => addressAt(index + 1)).map((address) =>
    mask === wholeMask ? address : `${address}/${mask}`,
  );
}

function countOf(bytes: Buffer, pointerAt: number): number | null {
  const list = placeAt(bytes, pointerAt, 8);
  return list === null ? null : bytes.readUInt32LE(list + 4);
}

/** Where a place with its highest bit leads, if so many bytes are there. */
function placeAt(bytes: Buffer, at: number, length: number): number | null {
  if (at + 4 > bytes.length) return null;
  const pointer = bytes.readUInt32LE(at);
  const place = pointer - 0x8000_0000;
  return place >= headerBytes && place + length <= bytes.length ? place : null;
}

/** Names of DNS behind the numbers, one byte or two for a letter. */
function namesIn(bytes: Buffer): readonly string[] {
  const name = /(?:\*\.)?[a-z0-9_](?:[a-z0-9_-]*\.)+[a-z][a-z0-9-]+/gi;
  const narrow = bytes.toString('latin1').match(name) ?? [];
  const wide = bytes.toString('latin1').replaceAll('\0', '').match(name) ?? [];
  return narrow.length > 0 ? narrow : wide;
}
