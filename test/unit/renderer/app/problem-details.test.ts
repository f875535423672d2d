import { expect, test } from 'vitest';
import { problemDetails } from '../../../../renderer/app/problem-details.ts';

test('the details name everything that is known, one fact a line', () => {
  const problem = {
    code: 'addressInUse',
    message: 'Another program listens on 127.0.0.1:25.',
    field: 'general.listen',
    parameters: { endpoint: '127.0.0.1:25' },
  } as const;
  const status = { version: '1.2.3', hostedBy: 'service', dataFolder: 'C:\\ProgramData\\SmtpRelay' } as const;
  expect(problemDetails(problem, status).split('\n')).toEqual([
    'code: addressInUse',
    'message: Another program listens on 127.0.0.1:25.',
    'field: general.listen',
    'endpoint: 127.0.0.1:25',
    'relay: 1.2.3, hosted by service, data folder C:\\ProgramData\\SmtpRelay',
  ]);
});

test('without a connection they say what the console itself knows', () => {
  expect(problemDetails({ code: 'disconnected', message: 'No connection.' }, undefined)).toBe(
    'code: disconnected\nmessage: No connection.',
  );
});
