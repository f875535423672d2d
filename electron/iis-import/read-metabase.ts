/**
 * The SMTP part of MetaBase.xml. Pure; any bytes are fine.
 *
 *   <IIsSmtpServer Location="/LM/SmtpSvc/1" MaxMessageSize="2097152" …>
 *     <Custom Name="AuthFlags" ID="6000" Value="AuthAnonymous | AuthNTLM" …/>
 *   </IIsSmtpServer>
 *
 * The parser knows no entities but those of XML itself, reads no DTD and fetches nothing.
 */
import { SaxesParser } from 'saxes';
import { problem } from '../../shared/contract/problem.ts';
import { MetabaseKey } from './metabase-key.ts';

/** A metabase of thousands of web sites has a few megabytes. */
export const maxMetabaseBytes = 33_554_432;

/** By location in lower case: '/lm/smtpsvc/1'. */
export type Metabase = ReadonlyMap<string, MetabaseKey>;

const smtpLocation = /^\/lm\/smtpsvc(?:\/|$)/i;

/** @param path  For the sentences. @throws {ProblemError} 'badArgument' when it is no metabase. */
export function readMetabase(bytes: Uint8Array, path: string): Metabase {
  const keys = new Map<string, MetabaseKey>();
  const parser = new SaxesParser({ xmlns: false, position: true });
  let open: { readonly depth: number; readonly location: string; readonly values: Map<string, string> } | null = null;
  let depth = 0;
  let root = '';
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    if (depth === 1) root = name;
    const location = attributes.Location;
    if (location !== undefined && smtpLocation.test(location)) {
      const values = new Map(Object.entries(attributes).filter(([attribute]) => attribute !== 'Location'));
      open = { depth, location, values };
    } else if (open !== null && name === 'Custom') {
      const id = attributes.Name ?? attributes.ID;
      if (id !== undefined && attributes.Value !== undefined) open.values.set(id, attributes.Value);
      // A property without a name in the schema has a made-up one; its number says what it is.
      if (/^UnknownName_/.test(id ?? '') && attributes.ID !== undefined) {
        open.values.set(attributes.ID, attributes.Value ?? '');
      }
    }
  });
  parser.on('closetag', () => {
    if (open?.depth === depth) {
      keys.set(open.location.toLowerCase().replace(/\/+$/, ''), new MetabaseKey(open.location, open.values));
      open = null;
    }
    depth -= 1;
  });
  let failure: Error | undefined;
  parser.on('error', (error) => {
    failure ??= error;
  });
  parser.write(decode(bytes, path)).close();
  if (failure !== undefined) throw noMetabase(path, `it is damaged at ${failure.message.slice(0, 200)}`);
  if (root !== 'configuration') throw noMetabase(path, 'its first element is not <configuration>');
  return keys;
}

/** UTF-8, or UTF-16 by its byte order mark. */
function decode(bytes: Uint8Array, path: string): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw noMetabase(path, 'it is neither UTF-8 nor UTF-16 text');
  }
}

const noMetabase = (path: string, reason: string) =>
  problem('badArgument', `${path} is no metabase of IIS: ${reason}. Choose the file MetaBase.xml of the old server.`, {
    field: 'path',
    parameters: { path },
  });
