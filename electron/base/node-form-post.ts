/** A form to a token endpoint over HTTPS, as the `FormPost` port wants it. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { FormAnswer, FormPost, Ports } from './ports.ts';

/** Tokens are a few KB; the rest of a longer answer is not waited for. */
const maxAnswerBytes = 65_536;

/** Not `fetch`: it knows Node's own authorities only, and the endpoint may stand behind one of the company's. */
export const createFormPost = (trustedCertificates: Ports['trustedCertificates']): FormPost => ({
  async post(url, form, signal) {
    const body = new URLSearchParams(form).toString();
    const options = {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        'Content-Length': Buffer.byteLength(body),
        Accept: 'application/json',
      },
      signal,
    };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = url.startsWith('https:')
        ? httpsRequest(url, { ...options, ca: [...trustedCertificates()] }, resolve)
        : httpRequest(url, options, resolve);
      request.on('error', reject);
      request.end(body);
    });
    return await readAnswer(answer, url);
  },
});

async function readAnswer(answer: IncomingMessage, url: string): Promise<FormAnswer> {
  const status = answer.statusCode ?? 0;
  if (status >= 300 && status < 400) {
    answer.destroy();
    // It would carry the secret to another place.
    throw new Error(`${new URL(url).host} answered with a redirection (${status}), which is not followed`);
  }
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes >= maxAnswerBytes) break;
  }
  return { status, body: Buffer.concat(chunks).toString('utf8', 0, Math.min(sizeBytes, maxAnswerBytes)) };
}
