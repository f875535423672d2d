/**
 * The name of a certification authority as the registry and its mail write it: characters that a key can't hold are
 * '!' and four hex digits (MS-WCCE 3.2.1.1.2). Only this way round: the other one shortens long names with a hash.
 */
export const readableCaName = (sanitised: string): string =>
  sanitised.replace(/!([0-9a-f]{4})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
