/** Tabs of the IIS 6 property sheet that have nothing to set here, and why. */
import type { ExplainedTab } from '../../setting-texts.ts';

export const ldapRouting: ExplainedTab = {
  title: 'LDAP Routing',
  explanation:
    'LDAP routing is not built here. Looking up recipients and expanding groups does not belong on a relay: the directory may be reachable only through the network that is down, and mail that has been accepted must not depend on it. The mail server that receives the mail does it.',
};

export const security: ExplainedTab = {
  title: 'Security',
  explanation:
    'There is no list of operators here. Operators of this virtual server are those who have rights on the local pipe and the data folder of the relay: by default the administrators of this computer and the account under which the relay runs.',
};
