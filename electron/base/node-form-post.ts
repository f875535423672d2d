/** A form to a token endpoint over HTTPS, as the `FormPost` port wants it. */
import type { FormPost } from './ports.ts';

/** Tokens are a few KB. */
const maxAnswerChars = 65_536;

export const nodeFormPost: FormPost = {
  async post(url, form, signal) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body: new URLSearchParams(form).toString(),
      // A redirect would carry the secret to another place.
      redirect: 'error',
      signal,
    });
    return { status: answer.status, body: (await answer.text()).slice(0, maxAnswerChars) };
  },
};
