/** The floors of the house: each folder imports only from those below it. */
const floor = (name, folder, allowed) => ({
  name,
  severity: 'error',
  from: { path: `^src/${folder}` },
  to: { path: '^src/', pathNot: [folder, ...allowed].map((below) => `^src/${below}`) },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    floor('expression-is-the-ground', 'helm/expression', []),
    floor('manifest-on-expression', 'helm/manifest', ['helm/expression']),
    floor('values-on-manifest', 'helm/values', ['helm/manifest', 'helm/expression']),
    floor('chart-on-values', 'helm/chart', ['helm/values', 'helm/manifest', 'helm/expression']),
    floor('package-on-chart', 'helm/package', [
      'helm/chart',
      'helm/values',
      'helm/manifest',
      'helm/expression',
    ]),
    floor('helm-knows-no-danube', 'helm', []),
    floor('danube-on-helm', 'danube', ['helm/index']),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: 'node_modules',
  },
};
