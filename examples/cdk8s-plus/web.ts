import { App } from 'cdk8s';
import { defineValues, HelmChart, Release, replace, str, writeChart, z } from 'cdk8s-danube/helm';
import * as kplus from 'cdk8s-plus-28';

const values = defineValues(
  z.object({
    replicas: z.int().min(1).default(1).describe('Number of pods.'),
    image: z.string().default('hashicorp/http-echo:1.0').describe('Image of the server.'),
    greeting: z.string().default('hello').describe('What it answers.'),
    port: z.int().min(1).max(65535).default(80).describe('Port of the Service.'),
  }),
);

/** A web server built from cdk8s-plus constructs, which take the chart's values as tokens. */
export class WebChart extends HelmChart<typeof values.schema> {
  constructor(scope: App) {
    const description = 'A web server made with cdk8s-plus.';
    super(scope, 'web', { metadata: { name: 'web', version: '1.0.0', description }, values });
    const { v } = this;
    const name = this.token(this.template('name', str`web-${replace('.', '-', Release.name)}`));
    // cdk8s-plus selects pods by a label that is the same in every release, so that two releases
    // in one namespace would serve each other's clients: select by the release's name instead.
    const labels = { 'app.kubernetes.io/instance': this.token(Release.name) };

    const deployment = new kplus.Deployment(this, 'deployment', {
      metadata: { name, labels },
      podMetadata: { labels },
      select: false,
      replicas: this.token(v.replicas),
      securityContext: { user: 1000 },
      containers: [
        {
          name: 'web',
          image: this.token(v.image),
          args: [this.token(str`-text=${v.greeting}`)],
          portNumber: 5678,
          resources: {},
        },
      ],
    });
    deployment.select(kplus.LabelSelector.of({ labels }));

    new kplus.Service(this, 'service', {
      metadata: { name, labels },
      selector: kplus.Pods.select(this, 'pods', { labels }),
      ports: [{ port: this.token(v.port), targetPort: 5678 }],
    });
  }
}

if (require.main === module) writeChart(new WebChart(new App()), `${__dirname}/charts-out`);
