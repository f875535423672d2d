/** A form to a token endpoint over HTTPS, as the `FormPost` port wants it. */
import type { FormPost } from './ports.ts';

/** Tokens are a few KB. */
const maxAnswerBytes = 65_536;

export const nodeFormPost: FormPost = {
  async post(url, form, signal) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body: new URLSearchParams(form).toString(),
      // A redirect would carry the secret to another place.
      redirect: 'error',
      signal,
    }).catch((error: unknown) => {
      // fetch itself says no more than that it failed.
      throw error instanceof Error && error.cause instanceof Error ? error.cause : error;
    });
    return { status: answer.status, body: await readHead(answer) };
  },
};

/** The rest of a longer answer is not waited for. */
async function readHead(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes >= maxAnswerBytes) break;
  }
  return Buffer.concat(chunks).toString('utf8', 0, Math.min(sizeBytes, maxAnswerBytes));
}
