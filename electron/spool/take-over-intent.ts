/** `<id>.pickup` in the queue folder: which file elsewhere is becoming message `<id>`. Pure. */
import * as z from 'zod';

const intentSchema = z.object({
  version: z.literal(1),
  folder: z.string(),
  /** What the file was called. */
  name: z.string(),
  /** A text file beside it that goes away with it. */
  note: z.string().nullable(),
});

export type TakeOverIntent = Omit<z.infer<typeof intentSchema>, 'version'>;

export const encodeIntent = ({ folder, name, note }: TakeOverIntent): Buffer =>
  Buffer.from(`${JSON.stringify({ version: 1, folder, name, note })}\n`);

/** Null when it is none of ours. Never throws. */
export function decodeIntent(bytes: Buffer): TakeOverIntent | null {
  try {
    const { folder, name, note } = intentSchema.parse(JSON.parse(bytes.toString('utf8')));
    return { folder, name, note };
  } catch {
    return null;
  }
}
