import { problem } from '../../shared/contract/problem.ts';

/**
 * Nothing that could end a line, an address or a header early. Whether the address exists is the gateway's to say.
 * @throws {ProblemError} 'badArgument' naming the field.
 */
export function checkMailAddress(field: string, address: string): void {
  if (address.length <= 320 && /^[^\s\p{C}<>@,;:"()]+@[^\s\p{C}<>@,;"()]+$/u.test(address)) return;
  throw problem('badArgument', `'${address}' is not a mail address, such as operations@example.org.`, { field });
}
