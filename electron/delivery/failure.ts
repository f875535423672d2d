/** Failures as data: how a reply becomes one, and how one is shown. Pure. */
import type { Failure } from '../../shared/contract/messages.ts';

const maxTextLength = 1_000;

/** One line without control characters: it goes into logs, reports and the list. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .slice(0, maxTextLength);

interface ReplyParts {
  readonly code?: number;
  readonly enhanced?: string;
  readonly text: string;
}

/**
 * Splits a reply, its lines joined by LF. Each line of a multi-line reply repeats the code, and the
 * enhanced status code as well (RFC 2034 section 4); only the words are kept.
 */
export function parseReply(reply: string): ReplyParts {
  const [, codeText = '', enhanced] =
    /^([2-5][0-9]{2})[ -]?([245]\.[0-9]{1,3}\.[0-9]{1,3})?(?![0-9.])/.exec(reply) ?? [];
  const words = reply
    .split(/\r?\n/)
    .map((line) => line.replace(/^[2-5][0-9]{2}(?:[ -]|$)(?:[245]\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.]) ?)?/, ''))
    .join(' ');
  return {
    ...(codeText === '' ? {} : { code: Number(codeText) }),
    ...(enhanced === undefined ? {} : { enhanced }),
    text: oneLine(words),
  };
}

export const replyFailure = (stage: Failure['stage'], permanent: boolean, reply: string): Failure => ({
  permanent,
  stage,
  ...parseReply(reply),
});

export const temporaryFailure = (stage: Failure['stage'], text: string): Failure => ({
  permanent: false,
  stage,
  text: oneLine(text),
});

/** @param enhanced  RFC 3463 status, for the report to the sender. */
export const permanentFailure = (stage: Failure['stage'], enhanced: string, text: string): Failure => ({
  permanent: true,
  stage,
  enhanced,
  text: oneLine(text),
});

/** '550 5.1.1 User unknown', or the description alone when no reply came. */
export const formatFailure = ({ code, enhanced, text }: Failure): string =>
  code === undefined ? text : [code, enhanced, text].filter((part) => part !== undefined && part !== '').join(' ');
