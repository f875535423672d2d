/** Check DNS: does a name lead to an address, and is it one of this computer? */
import type { AnswerOf } from '../../shared/contract/calls.ts';
import { isHostName, isIpAddress } from '../../shared/settings/address.ts';
import { errorCode } from '../base/error-code.ts';
import type { Ports } from '../base/ports.ts';

type NameCheck = AnswerOf<'name.check'>;

export async function checkName(
  name: string,
  { dns, ownAddresses }: Pick<Ports, 'dns' | 'ownAddresses'>,
): Promise<NameCheck> {
  const answer = (message: string, addresses: readonly string[] = [], own = false): NameCheck => ({
    valid: addresses.length > 0,
    addresses: [...addresses],
    own,
    message,
  });
  if (!isHostName(name) || isIpAddress(name)) return answer(`'${name}' is not a name of DNS.`);
  let addresses: readonly string[];
  try {
    addresses = await dns.addresses(name);
  } catch (error) {
    const code = errorCode(error) ?? '';
    return answer(
      nobodyKnows.has(code)
        ? `DNS knows no address of ${name}.`
        : `DNS did not answer the question for ${name}: ${code}.`,
    );
  }
  if (addresses.length === 0) return answer(`DNS knows no address of ${name}.`);
  const mine = new Set(ownAddresses().map(({ address }) => address));
  const own = addresses.some((address) => mine.has(address));
  const whose = own ? 'which is this computer' : 'which is not this computer';
  return answer(`${name} leads to ${addresses.join(', ')}, ${whose}.`, addresses, own);
}

const nobodyKnows: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA']);
