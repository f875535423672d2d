// The import rules of ARCHITECTURE.md, checked over the whole graph (cycles and reachability included).
const relayCode = '^electron/(?!main/|preload/|scripts/)';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'shared-imports-only-zod',
      severity: 'error',
      from: { path: '^shared/' },
      to: { pathNot: ['^shared/', '(^|/)node_modules/zod/'] },
    },
    {
      name: 'renderer-without-node-or-electron',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: ['^electron/', '(^|/)node_modules/electron/'] },
    },
    {
      name: 'renderer-without-node-core',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'relay-never-reaches-electron',
      severity: 'error',
      from: { path: relayCode },
      to: { path: '(^|/)node_modules/electron/', reachable: true },
    },
    {
      name: 'relay-never-reaches-the-desktop',
      severity: 'error',
      from: { path: relayCode },
      to: { path: ['^electron/(main|preload)/', '^renderer/'] },
    },
    {
      name: 'preload-imports-electron-and-shared',
      severity: 'error',
      from: { path: '^electron/preload/' },
      to: { pathNot: ['^electron/preload/', '^shared/', '(^|/)node_modules/(electron|zod)/'] },
    },
    {
      name: 'smtp-server-only-in-smtp',
      severity: 'error',
      from: { path: '^electron/', pathNot: '^electron/smtp/' },
      to: { path: '(^|/)node_modules/smtp-server/' },
    },
    {
      name: 'nodemailer-only-in-delivery',
      severity: 'error',
      from: { path: '^electron/', pathNot: '^electron/delivery/' },
      to: { path: '(^|/)node_modules/nodemailer/' },
    },
    {
      name: 'units-meet-in-the-host',
      comment:
        'smtp, spool, delivery and settings know each other only by the types of their neighbours; host/ composes them.',
      severity: 'error',
      from: { path: '^electron/smtp/' },
      to: { path: '^electron/(delivery|settings|host|cli)/' },
    },
    {
      name: 'spool-knows-nobody',
      severity: 'error',
      from: { path: '^electron/spool/' },
      to: { path: '^electron/(smtp|delivery|settings|host|cli)/' },
    },
    {
      name: 'delivery-knows-only-the-spool',
      severity: 'error',
      from: { path: '^electron/delivery/' },
      to: { path: '^electron/(smtp|settings|host|cli)/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    // TypeScript 7 has no compiler API yet; swc reads the sources instead.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
      // smtp-server/lib/* is only reachable through the exports of its package.json.
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
