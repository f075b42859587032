import { z } from 'zod';
import { labels, madeInNamespace } from '../pod/kubernetes-values';

const duration = z.string().regex(/^([1-9][0-9]{0,5}(ms|s|m|h|d))?$/);

const PLACE = {
  labels: labels.default({}).meta({
    description: 'More labels of it, for example what a Prometheus selects by.',
    examples: [{ release: 'kube-prometheus-stack' }],
  }),
  namespace: madeInNamespace,
};

const TIMES = {
  interval: duration
    .default('30s')
    .describe('Time between scrapes; when empty, that of the Prometheus.'),
  scrapeTimeout: duration.default('').meta({
    description: 'How long a scrape may take; when empty, as the Prometheus says.',
    examples: ['10s', '25s'],
  }),
};

/** The values of an object that the Prometheus Operator reads, without its intervals. */
export function operatorObjectValues(kind: string) {
  return {
    enabled: z
      .boolean()
      .default(false)
      .describe(`Make a ${kind}. The cluster needs the Prometheus Operator and its CRDs.`),
    ...PLACE,
  };
}

/** The values of a ServiceMonitor or PodMonitor. */
export function monitorValues(kind: string) {
  const { enabled, ...rest } = operatorObjectValues(kind);
  return z
    .object({
      enabled,
      ...TIMES,
      ...rest,
    })
    .prefault({});
}
