/** Room for mail: with none left the relay has to refuse it. */
import type { CheckFinding } from '../../shared/contract/computer/check-calls.ts';
import type { Disk } from '../base/disk.ts';
import { finding } from './types.ts';

const mebibyte = 1_048_576;
/** Below this multiple of the floor an outage of a weekend may not fit any more. */
const tightFactor = 5;

/** @param floorBytes  With less than this, new mail is refused. */
export async function diskFindings(
  disk: Pick<Disk, 'freeBytes'>,
  folders: readonly string[],
  floorBytes: number,
): Promise<CheckFinding[]> {
  const findings = await Promise.all(
    [...new Set(folders)].map(async (folder) => {
      const freeBytes = await disk.freeBytes(folder).catch(() => null);
      if (freeBytes === null) return finding('diskUnread', 'skipped', { folder });
      const parameters = {
        folder,
        freeMb: Math.floor(freeBytes / mebibyte),
        floorMb: Math.round(floorBytes / mebibyte),
      };
      if (freeBytes <= floorBytes) return finding('diskFull', 'problem', parameters);
      if (freeBytes < floorBytes * tightFactor) return finding('diskTight', 'warning', parameters);
      return finding('diskRoom', 'ok', parameters);
    }),
  );
  return findings;
}
