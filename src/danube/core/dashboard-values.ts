import { z } from 'zod';
import { annotations, labels, madeInNamespace } from '../pod/kubernetes-values';

/** The values below `grafanaDashboard`. */
export const grafanaDashboardValues = z
  .object({
    enabled: z
      .boolean()
      .default(false)
      .describe('Make a ConfigMap with a dashboard for the sidecar of a Grafana.'),
    labels: labels
      .default({ grafana_dashboard: '1' })
      .describe('Labels that the sidecar finds it by.'),
    annotations: annotations.default({}).meta({
      description: 'Annotations, for example the folder of the dashboard.',
      examples: [{ grafana_folder: 'Danube' }],
    }),
    namespace: madeInNamespace,
  })
  .prefault({})
  .meta({ section: 'Grafana', description: 'A dashboard of the brokers and etcd.' });
