/** Beschriftungen wie im Eigenschaftenfenster von IIS 6, dazu je ein oder zwei Sätze Hilfe. */
import type { SettingKey } from '../../settings/server-settings.ts';
import type { SettingText } from '../setting-texts.ts';
import { accessTexts } from './settings/access.ts';
import { alertTexts } from './settings/alerts.ts';
import { deliveryTexts } from './settings/delivery.ts';
import { domainTexts } from './settings/domains.ts';
import { generalTexts } from './settings/general.ts';
import { loggingTexts } from './settings/logging.ts';
import { messageTexts } from './settings/messages.ts';

export const settingTexts: Readonly<Record<SettingKey, SettingText>> = {
  ...generalTexts,
  ...accessTexts,
  ...messageTexts,
  ...deliveryTexts,
  ...domainTexts,
  ...loggingTexts,
  ...alertTexts,
};
