import { type IconName, icons } from './icons.ts';

/** Decoration beside a text that says the same; screen readers skip it. */
export const Icon = ({ name }: { readonly name: IconName }) => (
  <img src={icons[name]} alt="" width={16} height={16} draggable={false} style={{ flex: 'none' }} />
);
