/**
 * A Windows library without code: each of its functions is one of another library. The Wine of Debian 12 lacks
 * `bcryptprimitives.dll`, whose only function every program written in Rust asks for at its start.
 *
 * The layout is that of "PE Format" in Microsoft's documentation: headers, then one section with the export directory.
 */

export interface Forward {
  readonly name: string;
  /** `library.function`, without `.dll`. */
  readonly to: string;
}

const headerBytes = 0x200;
const sectionRva = 0x1000;
const exportDirectoryBytes = 40;

export function forwarderLibrary(fileName: string, forwards: readonly Forward[]): Buffer {
  const section = exportSection(fileName, forwards);
  const rawBytes = Math.ceil(section.length / headerBytes) * headerBytes;
  const file = Buffer.alloc(headerBytes + rawBytes);
  writeHeaders(file, section.length, rawBytes);
  section.copy(file, headerBytes);
  return file;
}

function exportSection(fileName: string, forwards: readonly Forward[]): Buffer {
  const count = forwards.length;
  const functionsAt = exportDirectoryBytes;
  const namesAt = functionsAt + 4 * count;
  const ordinalsAt = namesAt + 4 * count;
  const textsAt = ordinalsAt + 2 * count;
  const tables = Buffer.alloc(textsAt);
  let texts = '';
  const rvaOf = (text: string): number => {
    const rva = sectionRva + textsAt + texts.length;
    texts += `${text}\0`;
    return rva;
  };

  tables.writeUInt32LE(rvaOf(fileName), 12);
  tables.writeUInt32LE(1, 16); // the first ordinal
  tables.writeUInt32LE(count, 20);
  tables.writeUInt32LE(count, 24);
  tables.writeUInt32LE(sectionRva + functionsAt, 28);
  tables.writeUInt32LE(sectionRva + namesAt, 32);
  tables.writeUInt32LE(sectionRva + ordinalsAt, 36);
  // Names are searched by halves.
  const sorted = forwards.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  for (const [index, { name, to }] of sorted.entries()) {
    // An address within the export directory itself is the name of a function elsewhere.
    tables.writeUInt32LE(rvaOf(to), functionsAt + 4 * index);
    tables.writeUInt32LE(rvaOf(name), namesAt + 4 * index);
    tables.writeUInt16LE(index, ordinalsAt + 2 * index);
  }
  return Buffer.concat([tables, Buffer.from(texts, 'latin1')]);
}

function writeHeaders(file: Buffer, sectionBytes: number, rawBytes: number): void {
  const peAt = 0x40;
  file.write('MZ', 0, 'latin1');
  file.writeUInt32LE(peAt, 0x3c);
  file.write('PE\0\0', peAt, 'latin1');

  const coffAt = peAt + 4;
  const optionalBytes = 240;
  file.writeUInt16LE(0x8664, coffAt); // x64
  file.writeUInt16LE(1, coffAt + 2); // sections
  file.writeUInt16LE(optionalBytes, coffAt + 16);
  file.writeUInt16LE(0x2022, coffAt + 18); // an executable image, large addresses, a library

  const optionalAt = coffAt + 20;
  file.writeUInt16LE(0x20b, optionalAt); // PE32+
  file.writeUInt32LE(rawBytes, optionalAt + 8); // initialised data
  file.writeBigUInt64LE(0x1_8000_0000n, optionalAt + 24); // preferred address
  file.writeUInt32LE(0x1000, optionalAt + 32); // alignment of sections in memory
  file.writeUInt32LE(headerBytes, optionalAt + 36); // and in the file
  file.writeUInt16LE(6, optionalAt + 40); // Windows version
  file.writeUInt16LE(6, optionalAt + 48);
  file.writeUInt32LE(sectionRva + Math.ceil(sectionBytes / 0x1000) * 0x1000, optionalAt + 56); // in memory
  file.writeUInt32LE(headerBytes, optionalAt + 60);
  file.writeUInt16LE(2, optionalAt + 68); // subsystem
  file.writeUInt16LE(0x100, optionalAt + 70); // no execution of data
  for (const [index, bytes] of [0x10_0000n, 0x1000n, 0x10_0000n, 0x1000n].entries()) {
    file.writeBigUInt64LE(bytes, optionalAt + 72 + 8 * index); // stack and heap
  }
  file.writeUInt32LE(16, optionalAt + 108); // directories, the first of which is that of exports
  file.writeUInt32LE(sectionRva, optionalAt + 112);
  file.writeUInt32LE(sectionBytes, optionalAt + 116);

  const sectionAt = optionalAt + optionalBytes;
  file.write('.edata', sectionAt, 'latin1');
  file.writeUInt32LE(sectionBytes, sectionAt + 8);
  file.writeUInt32LE(sectionRva, sectionAt + 12);
  file.writeUInt32LE(rawBytes, sectionAt + 16);
  file.writeUInt32LE(headerBytes, sectionAt + 20);
  file.writeUInt32LE(0x4000_0040, sectionAt + 36); // initialised data, readable
}
