import { Construct } from 'constructs';
import type { Service } from 'kubernetes-types/core/v1';
import type { Ingress } from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import type { GRPCRoute, TLSRoute } from '../../../imports/gateway.networking.k8s.io';
import {
  add,
  and,
  asString,
  choose,
  each,
  entries,
  eq,
  Gate,
  gt,
  literal,
  ne,
  nonEmpty,
  not,
  or,
  RepeatedObject,
  replace,
  splice,
  str,
  until,
  when,
  type Dynamic,
  type DynamicFields,
  type Expr,
  type Ref,
} from '../../helm/index';
import type { ReleaseContext } from '../release-context';
import type { AdvertisedAddress } from './advertised-address';
import { mostBrokers } from './broker-count';
import { BROKER } from './components';
import type { coreValues } from './core-values';

type Annotations = Readonly<Record<string, string>>;
type Values = Ref<z.output<typeof coreValues>>;

export interface ExternalAccessProps {
  readonly values: Values;
  readonly release: ReleaseContext;
  readonly address: AdvertisedAddress;
}

/** A TLSRoute of any version that has the fields used here. */
export type AnyTlsRoute = Omit<TLSRoute, 'apiVersion'> & { apiVersion: string };

/**
 * The way to each broker from outside of the cluster (`broker.externalAccess`): one Service for
 * each broker that there can be, and before it an Ingress or a route of a Gateway where the values
 * say so. A client is sent to the broker that owns its topic, so a Service for all of them would
 * not do (facts on Danube, 8).
 */
export class ExternalAccess extends Construct {
  readonly services: RepeatedObject<Service>;
  readonly ingresses: RepeatedObject<Ingress>;
  readonly tlsRoutes: RepeatedObject<AnyTlsRoute>;
  readonly grpcRoutes: RepeatedObject<GRPCRoute>;
  private readonly values: Values;
  private readonly release: ReleaseContext;
  private readonly address: AdvertisedAddress;

  constructor(scope: Construct, id: string, { values, release, address }: ExternalAccessProps) {
    super(scope, id);
    this.values = values;
    this.release = release;
    this.address = address;
    const { type } = values.broker.externalAccess;
    const speaksTls = eq(values.broker.config.auth.mode, 'tls');
    this.services = this.addServices(new Gate(this, 'services', ne(type, 'ClusterIP')));
    this.ingresses = this.addIngresses(new Gate(this, 'ingresses', eq(type, 'Ingress')));
    this.tlsRoutes = this.addTlsRoutes(
      new Gate(this, 'tlsroutes', and(eq(type, 'Gateway'), speaksTls)),
    );
    this.grpcRoutes = this.addGrpcRoutes(
      new Gate(this, 'grpcroutes', and(eq(type, 'Gateway'), not(speaksTls))),
    );
  }

  private addServices(gate: Gate): RepeatedObject<Service> {
    const { broker } = this.values;
    const access = broker.externalAccess;
    const isLoadBalancer = eq(access.type, 'LoadBalancer');
    const isNodePort = eq(access.type, 'NodePort');
    const isService = or(isLoadBalancer, isNodePort);
    return new RepeatedObject<Service>(
      gate,
      'Default',
      each(until(mostBrokers(broker)), (ordinal): Dynamic<Service> => ({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: this.metadata('brokerExternalServices', ordinal, access.annotations, {
          // Traefik reads from the Service how to speak to its pods.
          'traefik.ingress.kubernetes.io/service.serversscheme': when<string>(
            and(eq(access.type, 'Ingress'), eq(this.values.ingress.controller, 'traefik')),
            'h2c',
          ),
        }),
        spec: {
          ...this.release.serviceFamilies,
          type: choose<string>(isService, access.type, 'ClusterIP'),
          selector: {
            ...this.release.labels.selecting(BROKER),
            'statefulset.kubernetes.io/pod-name': this.podName(ordinal),
          },
          externalTrafficPolicy: when(isService, nonEmpty(access.externalTrafficPolicy)),
          loadBalancerClass: when(isLoadBalancer, nonEmpty(access.loadBalancerClass)),
          loadBalancerSourceRanges: when(isLoadBalancer, nonEmpty(access.loadBalancerSourceRanges)),
          allocateLoadBalancerNodePorts: when(
            not(access.allocateLoadBalancerNodePorts),
            literal(false),
          ),
          ports: [
            {
              name: 'client',
              port: broker.ports.client,
              targetPort: 'client',
              // Load balancers of clouds choose their health checks by it, so it is left out there.
              appProtocol: when(
                and(not(isService), eq(broker.config.auth.mode, 'none')),
                'kubernetes.io/h2c',
              ),
              nodePort: when(
                and(isNodePort, gt(access.nodePortBase, 0)),
                add(access.nodePortBase, ordinal),
              ),
            },
          ],
        },
      })),
    );
  }

  private addIngresses(gate: Gate): RepeatedObject<Ingress> {
    const { broker, ingress } = this.values;
    const isNginx = eq(ingress.controller, 'nginx');
    const passesThrough = and(isNginx, not(ingress.tls));
    const encryptsAgain = and(isNginx, ingress.tls);
    const nginx = 'nginx.ingress.kubernetes.io';
    return new RepeatedObject<Ingress>(
      gate,
      'Default',
      each(until(mostBrokers(broker)), (ordinal): Dynamic<Ingress> => ({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: this.metadata('brokerExternalIngresses', ordinal, ingress.annotations, {
          [`${nginx}/ssl-passthrough`]: when<string>(passesThrough, 'true'),
          [`${nginx}/backend-protocol`]: when<string>(encryptsAgain, 'GRPCS'),
          // A consumer may wait for days, and a message may be larger than 1 MiB.
          [`${nginx}/proxy-read-timeout`]: when<string>(encryptsAgain, '604800'),
          [`${nginx}/proxy-send-timeout`]: when<string>(encryptsAgain, '604800'),
          [`${nginx}/proxy-body-size`]: when<string>(encryptsAgain, '0'),
        }),
        spec: {
          ingressClassName: nonEmpty(ingress.className),
          tls: [
            each(ingress.tls, ({ secretName }) => ({
              hosts: [this.address.hostOf(ordinal)],
              secretName: replace('{ordinal}', asString(ordinal), secretName),
            })),
          ],
          rules: [
            {
              host: this.address.hostOf(ordinal),
              http: {
                paths: [
                  {
                    path: '/',
                    pathType: 'Prefix',
                    backend: {
                      service: { name: this.podName(ordinal), port: { name: 'client' } },
                    },
                  },
                ],
              },
            },
          ],
        },
      })),
    );
  }

  private addTlsRoutes(gate: Gate): RepeatedObject<AnyTlsRoute> {
    const { broker } = this.values;
    const { gateway } = broker.externalAccess;
    return new RepeatedObject<AnyTlsRoute>(
      gate,
      'Default',
      each(until(mostBrokers(broker)), (ordinal): Dynamic<AnyTlsRoute> => ({
        apiVersion: str`gateway.networking.k8s.io/${gateway.tlsRouteVersion}`,
        kind: 'TLSRoute',
        metadata: this.metadata('brokerExternalTlsRoutes', ordinal, gateway.annotations),
        spec: this.routeSpec(ordinal),
      })),
    );
  }

  private addGrpcRoutes(gate: Gate): RepeatedObject<GRPCRoute> {
    const { broker } = this.values;
    const { gateway } = broker.externalAccess;
    return new RepeatedObject<GRPCRoute>(
      gate,
      'Default',
      each(until(mostBrokers(broker)), (ordinal): Dynamic<GRPCRoute> => ({
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'GRPCRoute',
        metadata: this.metadata('brokerExternalGrpcRoutes', ordinal, gateway.annotations),
        spec: this.routeSpec(ordinal),
      })),
    );
  }

  private routeSpec(ordinal: Expr<number>) {
    const { externalAccess, ports } = this.values.broker;
    return {
      parentRefs: [splice(externalAccess.gateway.parentRefs)],
      hostnames: [this.address.hostOf(ordinal)],
      rules: [{ backendRefs: [{ name: this.podName(ordinal), port: ports.client }] }],
    };
  }

  /** Also the name of the Service, Ingress and route of that broker. */
  private podName(ordinal: Expr<number>): Expr<string> {
    return str`${this.release.names.broker}-${ordinal}`;
  }

  private metadata(
    object: string,
    ordinal: Expr<number>,
    annotations: Expr<Annotations>,
    own: DynamicFields<Record<string, string>> = {},
  ) {
    const name = this.podName(ordinal);
    const all = this.release.annotationsOf({ object, annotations });
    const filled = entries(all, (_key, value) =>
      replace('{podName}', name, replace('{ordinal}', asString(ordinal), value)),
    );
    const { labels } = this.release.metadata(name, BROKER, { object });
    return { name, labels, annotations: { ...filled, ...own } };
  }
}
