import { App, YamlOutputType } from 'cdk8s';
import { DanubeAdmin, DanubeBootstrap, DanubeCore } from 'cdk8s-danube';
import { HelmChart, writeChart } from 'cdk8s-danube/helm';

/** The values of each environment. A repository of manifests has them in files as well. */
const ENVIRONMENTS = {
  staging: { core: { broker: { replicaCount: 1 } }, admin: { adminUI: { enabled: false } } },
  production: {
    global: { storageClass: 'fast' },
    core: { broker: { replicaCount: 5 }, etcd: { replicaCount: 3 } },
  },
};

/** Danube as a team runs it: a Helm chart, and for each environment plain manifests. */
export class TeamDanube extends HelmChart {
  constructor(scope: App, environment: keyof typeof ENVIRONMENTS) {
    const about = { version: '1.0.0', appVersion: '0.7.2', description: 'Danube of a team.' };
    super(scope, environment, {
      metadata: { name: 'team-danube', ...about },
      release: {
        values: ENVIRONMENTS[environment],
        releaseName: 'danube',
        namespace: `danube-${environment}`,
      },
    });
    // Both are hooks, and only Helm runs hooks.
    const fixed = { tests: { enabled: false }, etcd: { memberCheck: { enabled: false } } };
    const core = new DanubeCore(this, 'core', { fixed });
    new DanubeAdmin(this, 'admin', { core });
    const topics = { '/default/orders': { dispatchStrategy: 'reliable' as const } };
    new DanubeBootstrap(this, 'topics', { core, defaults: { bootstrap: { topics } } });
  }
}

/** What `cdk8s synth` runs: manifests/<environment>.yaml for a GitOps tool to apply. */
export function synthesize(outdir: string): readonly TeamDanube[] {
  const app = new App({
    outdir,
    outputFileExtension: '.yaml',
    yamlOutputType: YamlOutputType.FILE_PER_CHART,
  });
  const charts = [new TeamDanube(app, 'staging'), new TeamDanube(app, 'production')];
  app.synth();
  return charts;
}

if (require.main === module) {
  const [chart] = synthesize(process.env.CDK8S_OUTDIR ?? `${__dirname}/manifests`);
  writeChart(chart, `${__dirname}/charts-out`);
}
