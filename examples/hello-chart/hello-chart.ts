import { App } from 'cdk8s';
import { ChartInfo, nonEmpty, orElse, Release, replace, spread, str } from 'cdk8s-danube/helm';
import { each, Gate, HelmChart, KubernetesObject, writeChart } from 'cdk8s-danube/helm';
import type { Dynamic } from 'cdk8s-danube/helm';
import type { Deployment } from 'kubernetes-types/apps/v1';
import type { Container, PodSpec, Service } from 'kubernetes-types/core/v1';
import type { Ingress, IngressRule } from 'kubernetes-types/networking/v1';
import { values } from './values';

/** A web server, its Service and, for the hosts it is given, an Ingress. */
export class HelloChart extends HelmChart<typeof values.schema> {
  constructor(scope: App) {
    const about = { version: '1.0.0', appVersion: '1.29', description: 'A web server.' };
    super(scope, 'hello', { metadata: { name: 'hello', ...about }, values });
    const { v } = this;
    // A release may be called `4.2`; the name of a Service starts with a letter and has no dots.
    const name = this.template('name', str`hello-${replace('.', '-', Release.name)}`);
    const labels = this.mapTemplate('labels', {
      'app.kubernetes.io/name': 'hello',
      'app.kubernetes.io/instance': Release.name,
    });
    const metadata = { name, labels: { ...spread(labels) } };
    const restricted = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
    const web: Dynamic<Container> = {
      name: 'web',
      image: str`${v.image.repository}:${orElse(v.image.tag, ChartInfo.appVersion)}`,
      ports: [{ name: 'http', containerPort: 8080 }],
      resources: v.resources,
      securityContext: { ...restricted, readOnlyRootFilesystem: true },
      volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
    };
    const spec: Dynamic<PodSpec> = {
      automountServiceAccountToken: false,
      nodeSelector: nonEmpty(v.nodeSelector),
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [web],
      volumes: [{ name: 'tmp', emptyDir: {} }],
    };
    const template = { metadata: { labels }, spec };
    new KubernetesObject<Deployment>(this, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: { replicas: v.replicaCount, selector: { matchLabels: labels }, template },
    });
    new KubernetesObject<Service>(this, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
    });
    const backend = { service: { name, port: { name: 'http' } } };
    const http = { paths: [{ path: '/', pathType: 'Prefix', backend }] };
    new KubernetesObject<Ingress>(new Gate(this, 'ingress', v.ingress.hosts), 'Default', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata,
      spec: {
        ingressClassName: v.ingress.className,
        rules: [each(v.ingress.hosts, (host): Dynamic<IngressRule> => ({ host, http }))],
      },
    });
    this.notes([
      str`kubectl --namespace ${Release.namespace} port-forward service/${name} 8080:80`,
      each(v.ingress.hosts, (host) => str`http://${host}/`),
    ]);
  }
}

if (require.main === module) writeChart(new HelloChart(new App()), `${__dirname}/charts-out`);
