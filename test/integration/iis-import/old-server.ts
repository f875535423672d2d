/** A metabase and mail folders as SMTPSVC left them, in a temporary folder. */
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const fixtures = join(import.meta.dirname, '../../fixtures/metabase');

export class OldServer {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** @param name  Of the fixture; its mailroot is moved into the folder. */
  static async make(name: string): Promise<OldServer> {
    const server = new OldServer(await mkdtemp(join(tmpdir(), 'old-iis-')));
    const text = await readFile(join(fixtures, `${name}.xml`), 'utf8');
    const moved = text.replace(/C:\\inetpub\\mailroot\\(\w+)/g, (_all, part: string) => join(server.folder, part));
    await writeFile(server.metabase, moved);
    for (const part of ['Queue', 'Pickup']) await mkdir(join(server.folder, part));
    return server;
  }

  get metabase(): string {
    return join(this.folder, 'MetaBase.xml');
  }

  /** A minute old: nobody writes to it any more. */
  async put(part: 'Queue' | 'Pickup', name: string, text: string): Promise<void> {
    const path = join(this.folder, part, name);
    await writeFile(path, text);
    const then = new Date(Date.now() - 60_000);
    await utimes(path, then, then);
  }

  names(part: string): Promise<string[]> {
    return readdir(join(this.folder, part));
  }

  clear(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

export const oldMail = (subject: string): string =>
  `Received: from CA01 ([127.0.0.1]) by ca01.corp.example.com with Microsoft SMTPSVC(10.0.17763.1);\r\n\t Mon, 2 Nov 2026 10:00:00 +0100\r\nFrom: <ca@corp.example.com>\r\nTo: <admin@corp.example.com>\r\nSubject: ${subject}\r\n\r\nHello\r\n`;
