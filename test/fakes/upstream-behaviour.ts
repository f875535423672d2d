/** What the scripted upstream answers. A reply of several lines is written as it goes over the wire, joined by CRLF. */

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
  /** 'refused' answers STARTTLS with 454, 'broken' answers 220 and then talks no TLS. */
  readonly startTls: 'none' | 'works' | 'refused' | 'broken' | 'hang' | 'drop';
  readonly mail: Answer;
  readonly rcpt: Answer;
  /** To recipients that a pipelining client names although MAIL was refused. */
  readonly rcptWithoutSender: Reply;
  readonly data: Answer;
  readonly dropDuringData: boolean;
  /** Reads nothing of the message, as a server does that is stuck. */
  readonly stallDuringData: boolean;
  /** After the final dot. */
  readonly final: Answer;
  readonly rset: Reply;
  readonly quit: Reply;
}

export const wellBehaved: UpstreamBehaviour = {
  greeting: '220 upstream.test.invalid ESMTP',
  ehlo: null,
  helo: '250 upstream.test.invalid',
  extensions: ['PIPELINING', '8BITMIME', 'SMTPUTF8', 'DSN', 'SIZE 52428800', 'ENHANCEDSTATUSCODES'],
  startTls: 'none',
  mail: '250 2.1.0 Ok',
  rcpt: '250 2.1.5 Ok',
  rcptWithoutSender: '503 5.5.1 MAIL first',
  data: '354 Go ahead',
  dropDuringData: false,
  stallDuringData: false,
  final: '250 2.0.0 Ok: queued',
  rset: '250 2.0.0 Ok',
  quit: '221 2.0.0 Bye',
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
      return '220 2.0.0 Ready to start TLS';
  }
};
