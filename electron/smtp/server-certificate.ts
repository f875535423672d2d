/** The certificate of the listeners: read from its files, read again when they change, never given up for a worse one. */
import type { EpochMs } from '../../shared/contract/messages.ts';
import { certificatePassphrase, type SecretName } from '../../shared/settings/secrets.ts';
import type { ServerSettings } from '../../shared/settings/server-settings.ts';
import { errorCode } from '../base/error-code.ts';
import type { Ports } from '../base/ports.ts';
import { CertificateError, isPfx, readCertificate, type UsableCertificate } from './server-certificate-content.ts';
import type { ServerCertificate } from './types.ts';

export interface ServerCertificateOptions {
  readonly settings: () => ServerSettings;
  readonly secret: (name: SecretName) => string | null;
  readonly ports: Pick<Ports, 'clock' | 'disk' | 'log'>;
}

interface Source {
  readonly file: string;
  /** Empty: the key is in the same file. */
  readonly keyFile: string;
  readonly passphrase: string | null;
}

/** A reason to read the files: they, or what is known of them, differ from the last time. */
interface Look {
  readonly source: Source;
  readonly stamp: string;
}

const pollMs = 30_000;
/** Whoever picks the wrong file must not fill the memory with it. */
const maxFileBytes = 1_048_576;

/** Nothing is read before the first `refresh`. From then on the files are looked at every thirty seconds. */
export function createServerCertificate({ settings, secret, ports }: ServerCertificateOptions): ServerCertificate {
  const { clock, disk, log } = ports;
  const listeners = new Set<() => void>();
  let current: UsableCertificate | null = null;
  /** Why the files cannot be used as they are now. */
  let fileProblem: string | null = null;
  let lastLook: Look | null = null;
  let shownProblem: string | null = null;
  let underWay: Promise<void> = Promise.resolve();
  let cancelPoll: (() => void) | null = null;
  let closed = false;

  const sourceNow = (): Source => {
    const { 'access.certificateFile': file, 'access.certificateKeyFile': keyFile } = settings();
    return { file, keyFile, passphrase: secret(certificatePassphrase) };
  };

  const problemNow = (): string | null => {
    if (fileProblem !== null || current === null) return fileProblem;
    return validityProblem(settings()['access.certificateFile'], current, clock.now());
  };

  const read = async (path: string): Promise<Buffer> => {
    try {
      if ((await disk.sizeBytes(path)) > maxFileBytes)
        throw new FileProblem(`${path} is too large for a certificate file.`);
      return await disk.readFile(path);
    } catch (error) {
      throw error instanceof FileProblem ? error : new FileProblem(unreadable(path, error));
    }
  };

  /** Taken before the files are read: what is written while they are read shows the next time. */
  const stampOf = async ({ file, keyFile }: Source): Promise<string> => {
    const stamps = [file, keyFile]
      .filter((path) => path !== '')
      .map(async (path) => {
        try {
          return `${await disk.modifiedAtMs(path)}/${await disk.sizeBytes(path)}`;
        } catch (error) {
          return errorCode(error) ?? 'unknown';
        }
      });
    return (await Promise.all(stamps)).join(' ');
  };

  const load = async ({ file, keyFile, passphrase }: Source): Promise<UsableCertificate> => {
    const certificate = await read(file);
    const key = keyFile === '' || isPfx(certificate) ? null : await read(keyFile);
    try {
      return readCertificate({ certificate, key, passphrase });
    } catch (error) {
      if (error instanceof CertificateError) {
        throw new FileProblem(`${error.file === 'key' ? keyFile : file} ${error.message}`);
      }
      throw error;
    }
  };

  const adopt = (file: string, loaded: UsableCertificate): void => {
    current = loaded;
    fileProblem = null;
    log.info('certificate loaded', {
      file,
      subject: loaded.subject,
      expires: new Date(loaded.expiresAtMs).toISOString(),
    });
  };

  const look = async (): Promise<void> => {
    const source = sourceNow();
    if (source.file === '') {
      [current, fileProblem, lastLook] = [null, null, null];
      return;
    }
    const stamp = await stampOf(source);
    const unchanged = lastLook !== null && lastLook.stamp === stamp && sameSource(lastLook.source, source);
    // What was wrong is tried again even so: a file that another program held looks the same when it is free.
    if (unchanged && fileProblem === null) return;
    try {
      const loaded = await load(source);
      if (!closed) adopt(source.file, loaded);
    } catch (error) {
      if (!(error instanceof FileProblem)) log.error('certificate not read', error, { file: source.file });
      fileProblem = error instanceof FileProblem ? error.message : `${source.file} cannot be used as a certificate.`;
    }
    lastLook = { source, stamp };
  };

  const lookAndTell = async (): Promise<void> => {
    if (closed) return;
    const before = current;
    await look();
    const problem = problemNow();
    if (closed || (current === before && problem === shownProblem)) return;
    if (problem !== null && problem !== shownProblem) log.warn('certificate problem', { reason: problem });
    shownProblem = problem;
    for (const listener of [...listeners]) {
      try {
        listener();
      } catch (error) {
        log.error('certificate listener failed', error);
      }
    }
  };

  const poll = (): void => {
    cancelPoll?.();
    cancelPoll = closed ? null : clock.after(pollMs, () => void refresh());
  };

  /** One after the other; the next look is thirty seconds after the end of this one. */
  const refresh = (): Promise<void> => {
    underWay = underWay
      .then(lookAndTell)
      .catch((error: unknown) => log.error('certificate not looked at', error))
      .then(poll);
    return underWay;
  };

  return {
    get current() {
      return current;
    },
    get problem() {
      return problemNow();
    },
    refresh,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closed = true;
      cancelPoll?.();
      listeners.clear();
    },
  };
}

/** A sentence for people. */
class FileProblem extends Error {
  override readonly name = 'FileProblem';
}

const sameSource = (left: Source, right: Source): boolean =>
  left.file === right.file && left.keyFile === right.keyFile && left.passphrase === right.passphrase;

/** Mail goes on being encrypted with such a certificate: most clients do not look, and the others would get nothing better. */
function validityProblem(file: string, { validFromMs, expiresAtMs }: UsableCertificate, nowMs: EpochMs): string | null {
  if (nowMs >= expiresAtMs) {
    return `The certificate in ${file} expired on ${dateText(expiresAtMs)}. It is still used; put a renewed one in its place.`;
  }
  if (nowMs < validFromMs) {
    return `The certificate in ${file} is valid from ${dateText(validFromMs)} on. It is used already; check the clock of this computer.`;
  }
  return null;
}

const dateText = (atMs: EpochMs): string => new Date(atMs).toISOString().slice(0, 10);

const readWords: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file. Correct the path',
  EACCES: 'access is denied. Let the account that the relay runs as read it',
  EPERM: 'access is denied. Let the account that the relay runs as read it',
  EBUSY: 'another program holds it. It is tried again',
  EISDIR: 'it is a folder. Name the file',
};

function unreadable(path: string, error: unknown): string {
  const code = errorCode(error) ?? 'unknown error';
  return `${path} cannot be read: ${readWords[code] ?? 'the operating system refused'} (${code}).`;
}
