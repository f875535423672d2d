import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { endpointsOf, iisServers } from '../../../electron/iis-import/iis-servers.ts';
import { readMetabase } from '../../../electron/iis-import/read-metabase.ts';
import { fixturePath, metabaseOf, serverOf, serverWith } from './fixture.ts';

const read = (text: string) => readMetabase(Buffer.from(text), 'C:\\MetaBase.xml');

describe('readMetabase', () => {
  it('finds the virtual servers with their domains, and nothing of the web server', () => {
    const metabase = metabaseOf('everything');
    expect([...metabase.keys()].every((location) => location.startsWith('/lm/smtpsvc'))).toBe(true);
    expect(iisServers(metabase).map(({ number, name, domains }) => [number, name, domains.length])).toEqual([
      [1, 'Relay of the PKI', 6],
      [2, 'SMTP Virtual Server #2 (IIS)', 0],
    ]);
    expect(iisServers(metabaseOf('without-smtp'))).toEqual([]);
  });

  it('hands down what the service sets, elements without a name of their own included', () => {
    const { key } = serverOf('ca-relay');
    expect(key.number('MaxMessageSize')).toBe(2_097_152);
    expect(key.text('AuthFlags')).toBe('AuthAnonymous');
    expect(key.switch('RelayForAuth')).toBe(true);
    expect(key.text('SmartHost')).toBe('[10.20.30.40]');
  });

  it('knows a property by its number', () => {
    const [server] = iisServers(
      read(
        '<configuration><IIsSmtpServer Location="/LM/SmtpSvc/1"><Custom Name="UnknownName_36906" ID="36906" Value="mail.example.org"/></IIsSmtpServer></configuration>',
      ),
    );
    expect(server?.key.text('SmartHost')).toBe('mail.example.org');
  });

  it.each([
    ['utf16le', Buffer.from([0xff, 0xfe])],
    ['utf8', Buffer.from([0xef, 0xbb, 0xbf])],
  ] as const)('reads %s with a byte order mark', (encoding, mark) => {
    const text = readFileSync(fixturePath('ca-relay'), 'utf8');
    const bytes = Buffer.concat([mark, Buffer.from(text, encoding)]);
    expect(iisServers(readMetabase(bytes, 'x'))).toHaveLength(1);
    if (encoding === 'utf16le') {
      expect(iisServers(readMetabase(bytes.swap16(), 'x'))).toHaveLength(1);
    }
  });

  it.each([
    ['no XML', 'hello'],
    ['cut off', '<configuration><IIsSmtpServer Location="/LM/SmtpSvc/1"'],
    ['another file', '<html></html>'],
    ['an entity of its own', '<!DOCTYPE configuration [<!ENTITY a "aaaa">]><configuration x="&a;"></configuration>'],
    ['no text', Buffer.from([0xc3, 0x28])],
  ])('refuses %s with the name of the file', (_what, text) => {
    expect(() => readMetabase(Buffer.from(text), 'C:\\MetaBase.xml')).toThrow(
      /^C:\\MetaBase\.xml is no metabase of IIS/,
    );
  });

  it('reads bindings, for every address as well', () => {
    expect(endpointsOf(serverWith({ ServerBindings: ':25:\r\n\t\t10.0.0.1:2525: 10.0.0.2:0: nonsense' }).key)).toEqual([
      '*:25',
      '10.0.0.1:2525',
    ]);
  });

  it('reads numbers and bits however they are written', () => {
    const { key } = serverWith({ A: '0x1F', B: '-1', C: 'one', D: 'Two | 0x4', E: 'Two | Six' });
    const names = new Map([['Two', 2]]);
    expect([key.number('A'), key.number('B'), key.number('C')]).toEqual([31, 4_294_967_295, null]);
    expect([key.bits('A', names), key.bits('D', names), key.bits('E', names)]).toEqual([31, 6, null]);
  });
});
