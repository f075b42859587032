import type { Construct } from 'constructs';
import type { EnvVar, PersistentVolumeClaim, Volume, VolumeMount } from 'kubernetes-types/core/v1';
import type { NetworkPolicyEgressRule, NetworkPolicyPort } from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import {
  and,
  each,
  eq,
  Gate,
  gt,
  KubernetesObject,
  lt,
  not,
  or,
  orElse,
  str,
  when,
  type Expr,
  type ListItem,
  type Ref,
} from '../../../helm/index';
import { portOfUrl, toMetadataServers } from '../../pod/network-peers';
import { claimSpec } from '../../pod/persistence';
import {
  asksIdentityServers,
  gcsFiles,
  gcsVariable,
  s3EndpointWarnings,
} from '../cloud-credentials';
import type { ConfigFields } from '../connector-config';
import type { Warning } from '../connector-notes';
import { connectorPart, type ConnectorPartProps } from '../connector-part';
import type { ConnectorRules } from '../connector-rules';
import { UnpublishedSink } from '../unpublished-sink';
import { addLancedbRouteRules } from './lancedb-route-rules';
import { addLancedbRules } from './lancedb-rules';
import { lancedbChartValues, STORAGE_KEYS } from './lancedb-values';

type Values = Ref<z.output<typeof lancedbChartValues>>;

/** What a `LancedbConnector` is made from. */
export type LancedbConnectorProps = ConnectorPartProps<typeof lancedbChartValues>;

/**
 * Writes messages of Danube topics to tables of LanceDB. There is no public image of it: users name
 * one that keeps docs/connector-contract.md (facts on connectors, 11.3).
 */
export class LancedbConnector extends UnpublishedSink<Values> {
  /** Where tables on a volume are. */
  readonly persistentVolumeClaim: KubernetesObject<PersistentVolumeClaim>;

  constructor(scope: Construct, id: string, props: LancedbConnectorProps = {}) {
    super(scope, id, { values: connectorPart(scope, id, lancedbChartValues, props) });
    const { persistence } = this.values.connector;
    const makesClaim = and(this.isLocal(), not(persistence.existingClaim));
    const claim = new Gate(this.enabled, 'persistentvolumeclaim', makesClaim);
    this.persistentVolumeClaim = new KubernetesObject<PersistentVolumeClaim>(claim, 'Default', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: this.release.metadata(this.name, this.component, {
        object: 'connectorPersistentVolumeClaim',
        annotations: persistence.annotations,
      }),
      spec: claimSpec(persistence, this.release.storageClass),
    });
  }

  protected override routes() {
    return {
      list: this.values.connector.config.lancedb.routes,
      path: 'config.lancedb.routes',
      example:
        '{from: /default/vectors, subscription: lancedb, to: vectors, vector_dimension: 384}',
    };
  }

  /** The keys of a storage stand in the file with that storage only. */
  protected override configFields(): ConfigFields {
    const { lancedb } = this.values.connector.config;
    const storage: Expr<string> = lancedb.storage_backend;
    return Object.fromEntries(
      Object.entries(STORAGE_KEYS).flatMap(([owner, keys]) =>
        keys.map((name) => [
          `lancedb.${name}`,
          ({ key, tree }) => ({ [key]: when(eq(storage, owner), tree()) }),
        ]),
      ),
    );
  }

  protected override addRules(rules: ConnectorRules): void {
    super.addRules(rules);
    addLancedbRules(rules, this.values.connector);
    addLancedbRouteRules(rules, this.values.connector);
  }

  protected override backendPorts(): readonly ListItem<NetworkPolicyPort>[] {
    const {
      s3_endpoint: s3,
      azure_endpoint: azure,
      cloud_host_override: cloud,
    } = this.values.connector.config.lancedb;
    return [portOfUrl(true, s3), portOfUrl(true, azure), portOfUrl(true, cloud)];
  }

  protected override egress(): readonly ListItem<NetworkPolicyEgressRule>[] {
    const { connector } = this.values;
    const {
      s3_endpoint: s3,
      azure_endpoint: azure,
      storage_backend: storage,
    } = connector.config.lancedb;
    const isElsewhere = or(eq(storage, 'local'), eq(storage, 'cloud'));
    const asks = asksIdentityServers(connector, orElse(s3, azure));
    return [toMetadataServers(and(not(isElsewhere), asks))];
  }

  protected override env(): readonly ListItem<EnvVar>[] {
    return [gcsVariable(this.values.connector)];
  }

  protected override volumes(): readonly ListItem<Volume>[] {
    const { existingClaim } = this.values.connector.persistence;
    return [
      gcsFiles(this.values.connector).volume,
      when<Volume>(this.isLocal(), {
        name: 'data',
        persistentVolumeClaim: { claimName: orElse(existingClaim, this.name) },
      }),
    ];
  }

  protected override volumeMounts(): readonly ListItem<VolumeMount>[] {
    return [
      gcsFiles(this.values.connector).mount,
      when<VolumeMount>(this.isLocal(), { name: 'data', mountPath: '/data' }),
    ];
  }

  protected override notes() {
    const { uri, routes } = this.values.connector.config.lancedb;
    return [
      str`  LanceDB:  ${uri}`,
      each(routes, ({ from, to }) => str`  ${from} -> table ${to}`),
      ...super.notes(),
    ];
  }

  protected override warnings(): readonly Warning[] {
    const { connector } = this.values;
    const { lancedb } = connector.config;
    const { enabled, prune_older_than_hours: hours } = lancedb.optimize;
    return [
      ...super.warnings(),
      ...s3EndpointWarnings(connector, lancedb),
      {
        when: lancedb.allow_invalid_certificates,
        lines: ['any certificate of the store is taken (allow_invalid_certificates=true).'],
      },
      {
        when: and(enabled, gt(hours, 0), lt(hours, 168)),
        lines: [
          'old versions of tables are deleted early (optimize.prune_older_than_hours). Whoever',
          'still writes or reads one of them fails.',
        ],
      },
      {
        when: gt(connector.replicaCount, 1),
        lines: ['several pods write, and none tidies tables up: something else has to.'],
      },
    ];
  }

  private isLocal() {
    return eq(this.values.connector.config.lancedb.storage_backend, 'local');
  }
}
