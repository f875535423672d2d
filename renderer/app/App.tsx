import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { i18n as I18n } from 'i18next';
import { I18nextProvider } from 'react-i18next';
import type { ComputerConnection } from '../api/computer-connection.ts';
import { ComputerProvider } from '../api/computer-context.tsx';
import { ConnectionProvider } from '../api/connection.tsx';
import type { Connection } from '../api/reconnecting-client.ts';
import { DialogHost } from './DialogHost.tsx';
import { DialogsProvider } from './dialogs.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Frame } from './Frame.tsx';
import { NavigationProvider } from './navigation.tsx';
import { theme } from './theme.ts';
import { ViewChromeProvider } from './view-chrome.tsx';

interface AppProps {
  readonly connection: Connection;
  readonly computer: ComputerConnection;
  readonly queryClient: QueryClient;
  readonly i18n: I18n;
}

export function App({ connection, computer, queryClient, i18n }: AppProps) {
  return (
    <I18nextProvider i18n={i18n}>
      <ThemeProvider theme={theme} defaultMode="system" modeStorageKey="smtp-relay.theme" noSsr>
        <CssBaseline enableColorScheme />
        <ErrorBoundary>
          <QueryClientProvider client={queryClient}>
            <ConnectionProvider connection={connection}>
              <ComputerProvider connection={computer}>
                <NavigationProvider>
                  <ViewChromeProvider>
                    <DialogsProvider>
                      <Frame />
                      <DialogHost />
                    </DialogsProvider>
                  </ViewChromeProvider>
                </NavigationProvider>
              </ComputerProvider>
            </ConnectionProvider>
          </QueryClientProvider>
        </ErrorBoundary>
      </ThemeProvider>
    </I18nextProvider>
  );
}
