/** '127.0.0.1:465 (TLS)' for a socket that is encrypted from the first octet. */
export const socketText = (endpoint: string, implicitTls: boolean): string =>
  implicitTls ? `${endpoint} (TLS)` : endpoint;
