/** Where the console lives inside the application. Pure. */

export const consoleScheme = 'app';
/** As Chromium writes it: the scheme is registered as a standard one. */
export const consoleOrigin = `${consoleScheme}://console`;
export const consoleUrl = `${consoleOrigin}/index.html`;

/** Addresses that the window may load anything from. */
export const isOwnUrl = (url: string): boolean => url.startsWith(`${consoleOrigin}/`);

/** The one page of the console, with any query or fragment: what `location.reload()` navigates to. */
export const isConsolePage = (url: string): boolean => /^[^?#]*/.exec(url)?.[0] === consoleUrl;

/** Lists that the console made itself and offers as a file. */
export const isOwnDownload = (url: string): boolean => url.startsWith(`blob:${consoleOrigin}/`);
