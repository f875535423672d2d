/** Every text of the product, by language and area. The German areas have the type of the English ones: a missing key does not compile. */
import { accessTab as accessTabDe } from './de/access-tab.ts';
import { app as appDe } from './de/app.ts';
import { badmail as badmailDe } from './de/badmail.ts';
import { ca as caDe } from './de/ca.ts';
import { checks as checksDe } from './de/checks.ts';
import { delivery as deliveryDe } from './de/delivery.ts';
import { desktop as desktopDe } from './de/desktop.ts';
import { domains as domainsDe } from './de/domains.ts';
import { generalTab as generalTabDe } from './de/general-tab.ts';
import { help as helpDe } from './de/help.ts';
import { iisImport as iisImportDe } from './de/iis-import.ts';
import { log as logDe } from './de/log.ts';
import { menus as menusDe } from './de/menus.ts';
import { overview as overviewDe } from './de/overview.ts';
import { problems as problemsDe } from './de/problems.ts';
import { properties as propertiesDe } from './de/properties.ts';
import { queue as queueDe } from './de/queue.ts';
import { server as serverDe } from './de/server.ts';
import { service as serviceDe } from './de/service.ts';
import { sessions as sessionsDe } from './de/sessions.ts';
import { ldapRouting as ldapRoutingDe, security as securityDe } from './de/settings/explained-tabs.ts';
import { settingOptionTexts as settingOptionsDe } from './de/settings/options.ts';
import { outboundSecurityTexts as outboundSecurityDe } from './de/settings/outbound-security.ts';
import { remoteDomainTexts as remoteDomainDe } from './de/settings/remote-domain.ts';
import { settingTexts as settingsDe } from './de/settings.ts';
import { wizards as wizardsDe } from './de/wizards.ts';
import { accessTab } from './en/access-tab.ts';
import { app } from './en/app.ts';
import { badmail } from './en/badmail.ts';
import { ca } from './en/ca.ts';
import { checks } from './en/checks.ts';
import { delivery } from './en/delivery.ts';
import { desktop } from './en/desktop.ts';
import { domains } from './en/domains.ts';
import { generalTab } from './en/general-tab.ts';
import { help } from './en/help.ts';
import { iisImport } from './en/iis-import.ts';
import { log } from './en/log.ts';
import { menus } from './en/menus.ts';
import { overview } from './en/overview.ts';
import { problems } from './en/problems.ts';
import { properties } from './en/properties.ts';
import { queue } from './en/queue.ts';
import { server } from './en/server.ts';
import { service } from './en/service.ts';
import { sessions } from './en/sessions.ts';
import { ldapRouting, security } from './en/settings/explained-tabs.ts';
import { settingOptionTexts as settingOptions } from './en/settings/options.ts';
import { outboundSecurityTexts as outboundSecurity } from './en/settings/outbound-security.ts';
import { remoteDomainTexts as remoteDomain } from './en/settings/remote-domain.ts';
import { settingTexts as settings } from './en/settings.ts';
import { wizards } from './en/wizards.ts';

const en = {
  accessTab,
  app,
  badmail,
  ca,
  checks,
  delivery,
  desktop,
  domains,
  generalTab,
  help,
  iisImport,
  ldapRouting,
  log,
  menus,
  outboundSecurity,
  overview,
  problems,
  properties,
  queue,
  remoteDomain,
  security,
  server,
  service,
  sessions,
  settingOptions,
  settings,
  wizards,
};

export type Texts = typeof en;

const de: Texts = {
  accessTab: accessTabDe,
  app: appDe,
  badmail: badmailDe,
  ca: caDe,
  checks: checksDe,
  delivery: deliveryDe,
  desktop: desktopDe,
  domains: domainsDe,
  generalTab: generalTabDe,
  help: helpDe,
  iisImport: iisImportDe,
  ldapRouting: ldapRoutingDe,
  log: logDe,
  menus: menusDe,
  outboundSecurity: outboundSecurityDe,
  overview: overviewDe,
  problems: problemsDe,
  properties: propertiesDe,
  queue: queueDe,
  remoteDomain: remoteDomainDe,
  security: securityDe,
  server: serverDe,
  service: serviceDe,
  sessions: sessionsDe,
  settingOptions: settingOptionsDe,
  settings: settingsDe,
  wizards: wizardsDe,
};

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

export const texts: Readonly<Record<Language, Texts>> = { en, de };

/** How each language calls itself. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

/** The first language we speak among those the system asks for ('de-AT', 'fr', …). */
export const chooseLanguage = (wanted: readonly string[]): Language => {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split('-')[0];
    const language = languages.find((known) => known === base);
    if (language !== undefined) return language;
  }
  return 'en';
};
