// A process that composes connectors in one chart and writes its files to memory:
// `node bench/growth.cjs 100`.
const { App } = require('cdk8s');
const { DanubeCore, QdrantConnector } = require('../lib/index.js');
const { chartFiles, defineValues, HelmChart } = require('../lib/helm/index.js');
const { z } = require('zod');

const count = Number(process.argv[2]);
const metadata = { name: 'many', version: '1.0.0', description: 'Many connectors.' };
const values = defineValues(z.object({}));
const chart = new HelmChart(new App(), 'many', { metadata, values });
const core = new DanubeCore(chart, 'core', {});

for (let number = 0; number < count; number += 1) {
  const route = { from: '/default/a', subscription: 's', to: 'a', vector_dimension: 3 };
  new QdrantConnector(chart, `sink${number}`, {
    core,
    defaults: { connector: { config: { qdrant: { url: 'http://qdrant:6334', routes: [route] } } } },
  });
}
chartFiles(chart);
