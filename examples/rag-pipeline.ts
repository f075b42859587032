import { ApiObject, App, JsonPatch, Size } from 'cdk8s';
import * as danube from 'cdk8s-danube';
import { defineValues, HelmChart, Release, str, writeChart, z } from 'cdk8s-danube/helm';
import * as kplus from 'cdk8s-plus-28';

const image = z.string().min(1).default('registry.example/embedder:1.0').describe('Its image.');
const embedder = z.object({ image }).prefault({}).describe('What turns documents into vectors.');
const values = defineValues(z.object({ embedder }));
const TOPIC = '/default/vectors';

/** Documents to vectors to Danube to Qdrant: one chart with all that is needed but Qdrant. */
export class RagPipeline extends HelmChart {
  constructor(scope: App) {
    const about = { version: '1.0.0', appVersion: '0.7.2', description: 'Vectors to Qdrant.' };
    super(scope, 'rag-pipeline', { metadata: { name: 'rag-pipeline', ...about }, values });

    // Each part has its values below its id. Others see its Services through `core`.
    const core = new danube.DanubeCore(this, 'core', { defaults: { broker: { replicaCount: 3 } } });
    new danube.DanubeAdmin(this, 'admin', { core });
    const topics = { [TOPIC]: { dispatchStrategy: 'reliable' as const } };
    new danube.DanubeBootstrap(this, 'topics', { core, defaults: { bootstrap: { topics } } });
    const config = { auth: { type: 'apikey' as const }, routes: [{ from: '/vectors', to: TOPIC }] };
    const webhook = new danube.WebhookConnector(this, 'webhook', {
      core,
      defaults: { connector: { config, secrets: { existingSecret: 'webhook' } } },
    });
    const route = { from: TOPIC, subscription: 'qdrant', to: 'vectors', vector_dimension: 384 };
    const qdrant = new danube.QdrantConnector(this, 'qdrant', {
      core,
      defaults: { connector: { config: { qdrant: { routes: [route] } } } },
      // What the program decides is no value of the chart.
      fixed: { connector: { config: { qdrant: { url: 'http://qdrant.vectors:6334' } } } },
    });
    qdrant.deployment.patch({ metadata: { annotations: { 'example.com/owner': 'search' } } });

    // A construct of cdk8s-plus that knows what the others are called.
    const labels = { app: 'embedder', 'app.kubernetes.io/instance': this.token(Release.name) };
    const deployment = new kplus.Deployment(this, 'embedder', {
      podMetadata: { labels },
      select: false,
      securityContext: { user: 10001, ensureNonRoot: true },
    });
    deployment.select(kplus.LabelSelector.of({ labels }));
    const url = kplus.EnvValue.fromValue(this.token(str`http://${webhook.name}/vectors`));
    const imageToken = this.token(values.v.embedder.image);
    const memory = { request: Size.mebibytes(256), limit: Size.mebibytes(512) };
    const resources = { cpu: { request: kplus.Cpu.millis(100) }, memory };
    deployment.addContainer({ image: imageToken, envVariables: { URL: url }, resources });
    const pod = '/spec/template/spec';
    ApiObject.of(deployment).addJsonPatch(
      JsonPatch.add(`${pod}/securityContext/seccompProfile`, { type: 'RuntimeDefault' }),
      JsonPatch.add(`${pod}/containers/0/securityContext/capabilities`, { drop: ['ALL'] }),
    );
  }
}

if (require.main === module) writeChart(new RagPipeline(new App()), `${__dirname}/charts-out`);
