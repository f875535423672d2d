/** Node's code of a failed system call ('ENOENT', 'EADDRINUSE'); undefined for anything else. */
export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** The operating system refuses it to this account. */
export const isAccessDenied = (error: unknown): boolean => ['EACCES', 'EPERM'].includes(errorCode(error) ?? '');

/** For the parameters of a problem, so that others can tell it from all that may be wrong with a file or pipe. */
export const accessDeniedReason = (error: unknown): { readonly reason?: 'accessDenied' } =>
  isAccessDenied(error) ? { reason: 'accessDenied' } : {};
