/** Passwords as slow hashes: `$scrypt$ln=15,r=8,p=1$<salt>$<hash>`, base64 without padding. */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** Equal time for every password. 'busy': too many others wait already. Text that is no hash fits no password. */
  verify(password: string, stored: string): Promise<'match' | 'different' | 'busy'>;
}

interface StoredHash {
  readonly cost: ScryptOptions;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** 32 MB and about a tenth of a second for each hash. */
const logOfN = 15;
const blockSize = 8;
const parallelism = 1;
const saltBytes = 16;
const hashBytes = 32;

/** What a hash from a file may ask for at the most: 64 MB. */
const maxMemoryBytes = 64 * 1_048_576;

/** The disk works on the same four threads; a flood of logins must not keep mail waiting for it. */
const hashesAtOnce = 2;
const longestLine = 20;

const storedPattern =
  /^\$scrypt\$ln=([0-9]{1,2}),r=([0-9]{1,2}),p=([0-9])\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/** Fits no password that anybody could find, and takes as long to verify as any other. */
export const hashOfNobody = formatHash(Buffer.alloc(saltBytes), Buffer.alloc(hashBytes));

export const isPasswordHash = (text: string): boolean => parseHash(text) !== null;

export function createPasswordHasher(): PasswordHasher {
  const line: (() => void)[] = [];
  let running = 0;

  const inTurn = async (work: () => Promise<Buffer>): Promise<Buffer> => {
    if (running < hashesAtOnce) running += 1;
    else await new Promise<void>((resolve) => line.push(resolve));
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };

  return {
    async hash(password) {
      const salt = randomBytes(saltBytes);
      return formatHash(salt, await inTurn(() => derive(password, salt, hashBytes, ownCost)));
    },
    async verify(password, stored) {
      const parsed = parseHash(stored);
      if (parsed === null) return 'different';
      if (line.length >= longestLine) return 'busy';
      const { salt, hash, cost } = parsed;
      const derived = await inTurn(() => derive(password, salt, hash.length, cost));
      return timingSafeEqual(derived, hash) ? 'match' : 'different';
    },
  };
}

function formatHash(salt: Buffer, hash: Buffer): string {
  return `$scrypt$ln=${logOfN},r=${blockSize},p=${parallelism}$${base64(salt)}$${base64(hash)}`;
}

/** Null for anything else, costs included that would eat the memory or the processor. */
function parseHash(text: string): StoredHash | null {
  const [, ln, r, p, salt, hash] = storedPattern.exec(text) ?? [];
  if (salt === undefined || hash === undefined) return null;
  const cost = costOf(Number(ln), Number(r), Number(p));
  if (cost === null) return null;
  return { cost, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') };
}

function costOf(ln: number, r: number, p: number): ScryptOptions | null {
  if (ln < 10 || ln > 20 || r < 1 || p < 1 || p > 4) return null;
  const memoryBytes = 128 * 2 ** ln * r;
  // Node counts a little on top of the table itself.
  return memoryBytes > maxMemoryBytes ? null : { N: 2 ** ln, r, p, maxmem: 2 * maxMemoryBytes };
}

const ownCost: ScryptOptions = { N: 2 ** logOfN, r: blockSize, p: parallelism, maxmem: 2 * maxMemoryBytes };

const derive = (password: string, salt: Buffer, lengthBytes: number, cost: ScryptOptions): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // RFC 8265 section 4.2.2: 'ü' may come as one character or as two.
    scrypt(password.normalize('NFC'), salt, lengthBytes, cost, (error, derived) =>
      error === null ? resolve(derived) : reject(error),
    );
  });

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
