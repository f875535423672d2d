/** Entry of the console: picks the channel to the relay and draws the window. */
import '@fontsource-variable/open-sans/wght.css';
import '@fontsource/roboto-mono/latin-400.css';
import { createRoot } from 'react-dom/client';
import { type Bridge, computerSocketPath, consoleSocketPath, type DesktopBridge } from '../shared/contract/bridge.ts';
import type { FrameChannel } from '../shared/contract/frames.ts';
import { openBridgeChannel } from './api/bridge-channel.ts';
import { connectComputer } from './api/computer-connection.ts';
import { createQueryClient } from './api/queries.ts';
import { keepConnected } from './api/reconnecting-client.ts';
import { openWebSocketChannel } from './api/websocket-channel.ts';
import { App } from './app/App.tsx';
import { createI18n } from './app/i18n.ts';

declare global {
  interface Window {
    /** In the desktop application only. */
    readonly bridge?: Bridge;
    readonly computer?: Bridge;
    readonly desktop?: DesktopBridge;
  }
}

const socketUrl = (path: string): string => {
  const url = new URL(path, window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
};

/** In the application over its bridge, in a browser over a socket. */
const openChannel = async (bridge: Bridge | undefined, path: string): Promise<FrameChannel> =>
  bridge === undefined ? await openWebSocketChannel(socketUrl(path)) : openBridgeChannel(bridge);

const connection = keepConnected({
  open: () => openChannel(window.bridge, consoleSocketPath),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
});

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no element #root');
createRoot(place).render(
  <App
    connection={connection}
    computer={connectComputer(() => openChannel(window.computer, computerSocketPath))}
    queryClient={createQueryClient()}
    i18n={createI18n(localStorage, navigator.languages)}
  />,
);
