/**
 * Our own icons, as addresses of the built files. They carry their colours, which work on light and dark ground. Warning and
 * error are inlined: they may be needed for the first time when their server can't be reached any more.
 */
import backIcon from '../../assets/icons/back.svg';
import badmailIcon from '../../assets/icons/badmail.svg';
import badmailEmptyIcon from '../../assets/icons/badmail-empty.svg';
import computerIcon from '../../assets/icons/computer.svg';
import consoleIcon from '../../assets/icons/console.svg';
import deleteIcon from '../../assets/icons/delete.svg';
import domainAliasIcon from '../../assets/icons/domain-alias.svg';
import domainDefaultIcon from '../../assets/icons/domain-default.svg';
import domainRemoteIcon from '../../assets/icons/domain-remote.svg';
import domainsIcon from '../../assets/icons/domains.svg';
import errorIcon from '../../assets/icons/error.svg?inline';
import exportIcon from '../../assets/icons/export.svg';
import forwardIcon from '../../assets/icons/forward.svg';
import helpIcon from '../../assets/icons/help.svg';
import inboundIcon from '../../assets/icons/inbound.svg';
import logIcon from '../../assets/icons/log.svg';
import noteIcon from '../../assets/icons/note.svg';
import okIcon from '../../assets/icons/ok.svg';
import outboundIcon from '../../assets/icons/outbound.svg';
import pauseIcon from '../../assets/icons/pause.svg';
import propertiesIcon from '../../assets/icons/properties.svg';
import queueIcon from '../../assets/icons/queue.svg';
import refreshIcon from '../../assets/icons/refresh.svg';
import serverErrorIcon from '../../assets/icons/server-error.svg';
import serverPausedIcon from '../../assets/icons/server-paused.svg';
import serverStartedIcon from '../../assets/icons/server-started.svg';
import serverStoppedIcon from '../../assets/icons/server-stopped.svg';
import sessionsIcon from '../../assets/icons/sessions.svg';
import skippedIcon from '../../assets/icons/skipped.svg';
import startIcon from '../../assets/icons/start.svg';
import stopIcon from '../../assets/icons/stop.svg';
import treeIcon from '../../assets/icons/tree.svg';
import upIcon from '../../assets/icons/up.svg';
import warningIcon from '../../assets/icons/warning.svg?inline';

export const icons = {
  back: backIcon,
  badmail: badmailIcon,
  badmailEmpty: badmailEmptyIcon,
  computer: computerIcon,
  console: consoleIcon,
  delete: deleteIcon,
  domainAlias: domainAliasIcon,
  domainDefault: domainDefaultIcon,
  domainRemote: domainRemoteIcon,
  domains: domainsIcon,
  error: errorIcon,
  export: exportIcon,
  forward: forwardIcon,
  help: helpIcon,
  inbound: inboundIcon,
  log: logIcon,
  note: noteIcon,
  ok: okIcon,
  outbound: outboundIcon,
  pause: pauseIcon,
  properties: propertiesIcon,
  queue: queueIcon,
  refresh: refreshIcon,
  serverError: serverErrorIcon,
  serverPaused: serverPausedIcon,
  serverStarted: serverStartedIcon,
  serverStopped: serverStoppedIcon,
  sessions: sessionsIcon,
  skipped: skippedIcon,
  start: startIcon,
  stop: stopIcon,
  tree: treeIcon,
  up: upIcon,
  warning: warningIcon,
} as const;

export type IconName = keyof typeof icons;
