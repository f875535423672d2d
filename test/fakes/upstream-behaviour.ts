/** What the scripted upstream answers. A reply of several lines is written as it goes over the wire, joined by CRLF. */

import { upstreamCertificate } from './upstream-certificate.ts';

/** 'hang' says nothing and keeps the connection; 'drop' cuts it. A reply of 421 closes the connection, as in real life. */
export type Reply = string | 'hang' | 'drop';

/** One answer for all, or an answer by address and by how often this address was asked for (from 1). */
export type Answer = Reply | ((address: string, time: number) => Reply);

export interface UpstreamBehaviour {
  readonly greeting: Answer;
  /** Null: the usual answer, with `extensions`. */
  readonly ehlo: Reply | null;
  readonly helo: Reply;
  readonly extensions: readonly string[];
  /** 'refused' answers STARTTLS with 454, 'broken' answers 220 and then talks no TLS, 'silent' says nothing after that. */
  readonly startTls: 'none' | 'works' | 'refused' | 'broken' | 'silent' | 'hang' | 'drop';
  /** Default: a self-signed one for a name nobody has. */
  readonly certificate: { readonly key: string; readonly cert: string };
  /** TLS from the first octet. */
  readonly implicitTls: boolean;
  /** Null: whatever this Node can do. */
  readonly maxTlsVersion: 'TLSv1.1' | null;
  /** Offered with AUTH: PLAIN, LOGIN and XOAUTH2 are spoken. */
  readonly auth: readonly string[];
  /** To a login, by user name, or by token for XOAUTH2. */
  readonly login: Answer;
  readonly mail: Answer;
  readonly rcpt: Answer;
  /** To recipients that a pipelining client names although MAIL was refused. */
  readonly rcptWithoutSender: Reply;
  readonly data: Answer;
  readonly dropDuringData: boolean;
  /** Said at the first line of the message, instead of waiting for its end. */
  readonly earlyFinal: Reply | null;
  /** Reads nothing of the message, as a server does that is stuck. */
  readonly stallDuringData: boolean;
  /** After the final dot. */
  readonly final: Answer;
  readonly rset: Reply;
  readonly quit: Reply;
  /** Each octet of a reply goes out alone. */
  readonly octetByOctet: boolean;
}

export const wellBehaved: UpstreamBehaviour = {
  greeting: '220 upstream.test.invalid ESMTP',
  ehlo: null,
  helo: '250 upstream.test.invalid',
  extensions: ['PIPELINING', '8BITMIME', 'SMTPUTF8', 'DSN', 'SIZE 52428800', 'ENHANCEDSTATUSCODES'],
  startTls: 'none',
  certificate: upstreamCertificate,
  implicitTls: false,
  maxTlsVersion: null,
  auth: [],
  login: '235 2.7.0 Welcome',
  mail: '250 2.1.0 Ok',
  rcpt: '250 2.1.5 Ok',
  rcptWithoutSender: '503 5.5.1 MAIL first',
  data: '354 Go ahead',
  dropDuringData: false,
  earlyFinal: null,
  stallDuringData: false,
  final: '250 2.0.0 Ok: queued',
  rset: '250 2.0.0 Ok',
  quit: '221 2.0.0 Bye',
  octetByOctet: false,
};

/** Remembers how often each answer was asked for each address: `behave` with a new function starts at one again. */
export const createAnswerReader = (): ((answer: Answer, address: string) => Reply) => {
  const asked = new WeakMap<object, Map<string, number>>();
  return (answer, address) => {
    if (typeof answer === 'string') return answer;
    const times = asked.get(answer) ?? new Map<string, number>();
    asked.set(answer, times);
    const time = (times.get(address) ?? 0) + 1;
    times.set(address, time);
    return answer(address, time);
  };
};

export const startTlsReply = (startTls: UpstreamBehaviour['startTls']): Reply => {
  switch (startTls) {
    case 'none':
      return '502 5.5.1 Command not implemented';
    case 'refused':
      return '454 4.7.0 TLS not available';
    case 'hang':
    case 'drop':
      return startTls;
    case 'works':
    case 'broken':
    case 'silent':
      return '220 2.0.0 Ready to start TLS';
  }
};
