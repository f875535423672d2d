import { expect, test } from 'vitest';
import {
  type ConversationError,
  openingFailure,
  type RefusedRecipient,
  recipientFailure,
  transactionFailure,
} from '../../../electron/delivery/reply-class.ts';
import type { Failure } from '../../../shared/contract/messages.ts';

/** An error as nodemailer makes it for a reply. */
const replied = (command: string, response: string, code = 'EENVELOPE'): ConversationError => ({
  message: `failed: ${response}`,
  code,
  command,
  response,
  responseCode: Number(response.slice(0, 3)),
});
const lost = (code = 'ECONNECTION', originalCode?: string): ConversationError => ({
  message: 'Connection closed unexpectedly',
  code,
  originalCode,
  command: 'CONN',
});

interface Row {
  readonly what: string;
  readonly error: ConversationError;
  readonly refused?: readonly RefusedRecipient[];
  readonly dataBegun?: boolean;
  readonly scope: 'message' | 'server';
  readonly failure: Partial<Failure>;
}

test.each<Row>([
  {
    what: 'MAIL 4xx',
    error: replied('MAIL FROM', '451 4.3.0 Later'),
    scope: 'message',
    failure: { permanent: false, stage: 'mail', code: 451, enhanced: '4.3.0', text: 'Later' },
  },
  {
    what: 'MAIL 5xx',
    error: replied('MAIL FROM', '550 5.7.1 Sender rejected'),
    scope: 'message',
    failure: { permanent: true, stage: 'mail', code: 550 },
  },
  {
    what: 'DATA 4xx',
    error: replied('DATA', '452 4.3.1 Full'),
    scope: 'message',
    failure: { permanent: false, stage: 'data', code: 452 },
  },
  {
    what: 'DATA 5xx',
    error: replied('DATA', '554 5.6.0 Content rejected', 'EMESSAGE'),
    dataBegun: true,
    scope: 'message',
    failure: { permanent: true, stage: 'data', code: 554 },
  },
  {
    what: 'final 4xx',
    error: replied('DATA', '451 4.7.1 Greylisted', 'EMESSAGE'),
    dataBegun: true,
    scope: 'message',
    failure: { permanent: false, stage: 'data' },
  },
  {
    what: '503, which speaks of the session',
    error: replied('DATA', '503 5.5.1 Bad sequence'),
    scope: 'message',
    failure: { permanent: false },
  },
  {
    what: 'an odd 2xx',
    error: replied('DATA', '252 What?'),
    scope: 'message',
    failure: { permanent: false, code: 252 },
  },
  {
    what: '421 to MAIL',
    error: replied('MAIL FROM', '421 4.3.2 Going down'),
    scope: 'server',
    failure: { permanent: false, stage: 'mail', code: 421 },
  },
  {
    what: '421 to a recipient among others',
    error: replied('CONN', '421 4.3.2 Going down', 'ECONNECTION'),
    refused: [{ address: 'a@b.example', error: replied('RCPT TO', '421 4.3.2 Going down') }],
    scope: 'server',
    failure: { permanent: false, code: 421 },
  },
  {
    what: '421 after the final dot',
    error: replied('DATA', '421 4.3.2 Going down', 'EMESSAGE'),
    dataBegun: true,
    scope: 'server',
    failure: { permanent: false, stage: 'data', code: 421 },
  },
  {
    what: 'authentication required',
    error: replied('MAIL FROM', '530 5.7.57 Client not authenticated'),
    scope: 'server',
    failure: { permanent: false, stage: 'auth', code: 530 },
  },
  {
    what: 'encryption required',
    error: replied('MAIL FROM', '538 5.7.11 Encryption required'),
    scope: 'server',
    failure: { permanent: false, stage: 'auth' },
  },
  {
    what: 'lost before the message',
    error: lost(),
    scope: 'server',
    failure: { permanent: false, text: 'The connection was closed.' },
  },
  {
    what: 'reset before the message',
    error: lost('ESOCKET', 'ECONNRESET'),
    scope: 'server',
    failure: { text: 'The connection was reset.' },
  },
  {
    what: 'lost within or after the message',
    error: lost(),
    dataBegun: true,
    scope: 'message',
    failure: {
      permanent: false,
      stage: 'data',
      text: 'The server did not confirm the message (the connection was closed). It may have been delivered.',
    },
  },
  {
    what: 'silence after the message',
    error: lost('ETIMEDOUT'),
    dataBegun: true,
    scope: 'message',
    failure: {
      permanent: false,
      stage: 'data',
      text: 'The server did not confirm the message (no answer in time). It may have been delivered.',
    },
  },
  {
    what: 'a reply cut off by the end of the connection',
    error: { ...lost(), response: '550 gone', responseCode: 550 },
    dataBegun: true,
    scope: 'message',
    failure: { permanent: false, stage: 'data' },
  },
  {
    what: 'replies out of step',
    error: { ...lost('EPROTOCOL'), response: '250 Ok', responseCode: 250 },
    scope: 'server',
    failure: { permanent: false },
  },
  {
    what: 'a message over the announced size',
    error: { message: 'Message size larger than allowed 1000', code: 'EMESSAGE', command: 'MAIL FROM' },
    scope: 'message',
    failure: {
      permanent: true,
      enhanced: '5.3.4',
      text: 'The message is too large: the server takes at most 1000 bytes.',
    },
  },
  {
    what: 'a sender that cannot be written',
    error: { message: 'Invalid sender "<"', code: 'EENVELOPE', command: 'API' },
    scope: 'message',
    failure: { permanent: true, stage: 'local', enhanced: '5.1.7' },
  },
  {
    what: 'a file that cannot be read',
    error: { message: 'EIO: i/o error', code: 'ESTREAM', command: 'API' },
    dataBegun: true,
    scope: 'message',
    failure: { permanent: false, stage: 'local', text: 'The message could not be read: EIO: i/o error' },
  },
])('$what concerns the $scope', ({ error, refused = [], dataBegun = false, scope, failure }) => {
  expect(transactionFailure(error, refused, dataBegun)).toMatchObject({ scope, failure });
});

test.each([
  { response: '550 5.1.1 Unknown', permanent: true },
  { response: '553 5.1.3 Bad address', permanent: true },
  { response: '552 5.2.2 Mailbox full', permanent: true },
  { response: '552 5.5.3 Too many recipients', permanent: false },
  { response: '450 4.2.0 Greylisted', permanent: false },
  { response: '452 4.5.3 Too many recipients', permanent: false },
  { response: '530 5.7.0 Must issue STARTTLS first', permanent: false },
  { response: '251 Will forward', permanent: false },
])('a recipient refused with $response is permanent: $permanent', ({ response, permanent }) => {
  expect(recipientFailure(replied('RCPT TO', response))).toMatchObject({ stage: 'rcpt', permanent });
});

test.each<{
  what: string;
  error: ConversationError;
  stage?: 'connect' | 'greeting' | 'tls';
  failure: Partial<Failure>;
}>([
  {
    what: 'a greeting of 554',
    error: replied('CONN', '554 5.7.1 No service for you', 'EPROTOCOL'),
    failure: { stage: 'greeting', code: 554, enhanced: '5.7.1', text: 'No service for you' },
  },
  {
    what: 'a greeting of 421',
    error: replied('CONN', '421 Busy', 'EPROTOCOL'),
    failure: { stage: 'greeting', code: 421 },
  },
  { what: 'EHLO and HELO refused', error: replied('HELO', '550 Go away'), failure: { stage: 'greeting', code: 550 } },
  {
    what: 'nobody listening',
    error: lost('ESOCKET', 'ECONNREFUSED'),
    stage: 'connect',
    failure: { stage: 'connect', text: 'gw:25: nothing listens there, the connection was refused.' },
  },
  {
    what: 'silence at connect',
    error: { message: 'time-out', code: 'ETIMEDOUT' },
    stage: 'connect',
    failure: { stage: 'connect', text: 'gw:25: no answer in time.' },
  },
  { what: 'silence at the greeting', error: lost('ETIMEDOUT'), failure: { stage: 'greeting' } },
  {
    what: 'a failed handshake',
    error: { ...lost('ESOCKET', 'ERR_SSL_WRONG_VERSION_NUMBER'), reason: 'wrong version number' },
    stage: 'tls',
    failure: { stage: 'tls', text: 'gw:25: the TLS handshake failed, wrong version number.' },
  },
  {
    what: 'something unheard of',
    error: { message: 'Odd thing.' },
    failure: { stage: 'greeting', text: 'gw:25: Odd thing.' },
  },
])('no conversation because of $what is never permanent', ({ error, stage = 'greeting', failure }) => {
  expect(openingFailure(error, 'gw:25', stage)).toMatchObject({ permanent: false, ...failure });
});
