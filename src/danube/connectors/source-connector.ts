import type { Construct } from 'constructs';
import type { ConfigMap, Volume, VolumeMount } from 'kubernetes-types/core/v1';
import type { z } from 'zod';
import {
  and,
  contains,
  each,
  entries,
  eq,
  Gate,
  hasKey,
  isSet,
  KubernetesObject,
  ne,
  not,
  or,
  orElse,
  required,
  sha256,
  str,
  textLines,
  toJson,
  when,
  type DynamicFields,
  type Expr,
  type ListItem,
  type Ref,
} from '../../helm/index';
import { Connector, type ConnectorProps } from './connector';
import type { ConfigFields } from './connector-config';
import type { ConnectorChartValues } from './connector-chart-values';
import { CONNECTOR_SCHEMAS } from './connector-objects';
import type { ConnectorValues } from './connector-values';
import type { Routes } from './sink-connector';
import type { schemaFilesValue, schemaValues } from './schema-values';

/** What the values of a source have besides those of every connector. */
export type SourceValues = ConnectorValues & {
  config: { schemas: z.output<ReturnType<typeof schemaValues>> };
  schemaFiles: z.output<ReturnType<typeof schemaFilesValue>>;
};

type Schema = SourceValues['config']['schemas'][number];

/** What every route of a source has. */
export interface SourceRoute {
  from: string;
  to: string;
}

const FILES_DIRECTORY = '/etc/danube-connector/schemas';

/** A connector that publishes to topics, and may register their schemas. */
export abstract class SourceConnector<
  V extends Ref<ConnectorChartValues<SourceValues>>,
> extends Connector<V> {
  readonly schemasConfigMap: KubernetesObject<ConfigMap>;

  constructor(scope: Construct, id: string, props: ConnectorProps<V>) {
    super(scope, id, props);
    const { list, path, example } = this.routes();
    this.rules.requireRoutes(path, list, example);
    this.addSchemaRules(list);
    const { schemaFiles } = props.values.connector;
    const gate = new Gate(this.enabled, 'schemas', schemaFiles);
    this.schemasConfigMap = new KubernetesObject<ConfigMap>(gate, 'Default', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: this.release.metadata(str`${this.name}-schemas`, this.component, {
        object: CONNECTOR_SCHEMAS,
      }),
      data: { ...entries(schemaFiles, (_name, text) => text) },
    });
  }

  protected abstract routes(): Routes<SourceRoute>;

  protected override configFields(): ConfigFields {
    const { schemas } = this.values.connector.config;
    return {
      schemas: () => ({
        schemas: [
          each(schemas, (schema) => ({
            topic: schema.topic,
            subject: schema.subject,
            schema_type: schema.schema_type,
            // The program demands the key for every type.
            schema_file: when(
              schema.schema_file,
              str`${FILES_DIRECTORY}/${orElse(schema.schema_file, '')}`,
              '',
            ),
            auto_register: schema.auto_register,
            version_strategy: when<unknown>(
              eq(schema.version_strategy, 'latest'),
              'latest',
              when<unknown>(
                eq(schema.version_strategy, 'pinned'),
                { pinned: required(schema.version) },
                { minimum: required(schema.version) },
              ),
            ),
          })),
        ],
      }),
    };
  }

  protected override volumes(): readonly ListItem<Volume>[] {
    return [
      when<Volume>(this.values.connector.schemaFiles, {
        name: 'schemas',
        configMap: { name: str`${this.name}-schemas` },
      }),
    ];
  }

  protected override volumeMounts(): readonly ListItem<VolumeMount>[] {
    return [
      when<VolumeMount>(this.values.connector.schemaFiles, {
        name: 'schemas',
        mountPath: FILES_DIRECTORY,
        readOnly: true,
      }),
    ];
  }

  protected override podAnnotations(): DynamicFields<Record<string, string>> {
    const { schemaFiles } = this.values.connector;
    return { 'checksum/schemas': when(schemaFiles, sha256(toJson(schemaFiles))) };
  }

  private addSchemaRules(routes: Expr<readonly SourceRoute[]>): void {
    const { schemas } = this.values.connector.config;
    const { schemaFiles } = this.values.connector;
    const named = (schema: Ref<Schema>) => schema.subject;
    const needsFile = ({ schema_type: type }: Ref<Schema>) =>
      or(eq(type, 'json_schema'), eq(type, 'json'), eq(type, 'avro'));
    this.rules.requireItems<Schema>('schemasWithoutFile', {
      path: 'config.schemas',
      list: schemas,
      holds: (schema) =>
        or(
          and(needsFile(schema), hasKey(schemaFiles, orElse(schema.schema_file, ''))),
          and(not(needsFile(schema)), not(schema.schema_file)),
        ),
      named,
      problem: 'has no file of schemaFiles, or has one although its type needs none',
      fix: 'name a key of schemaFiles in schema_file for json_schema, json and avro only',
    });
    this.rules.requireItems<Schema>('schemasWithoutVersion', {
      path: 'config.schemas',
      list: schemas,
      holds: ({ version_strategy: strategy, version }) =>
        or(
          and(eq(strategy, 'latest'), not(isSet(version))),
          and(ne(strategy, 'latest'), isSet(version)),
        ),
      named,
      problem: 'has a version without need, or none although its version_strategy needs one',
      fix: 'write version with pinned and minimum, and only there',
    });
    const topics = this.release.chart.textTemplate(
      'topicsOfRoutes',
      textLines([each(routes, ({ to }) => str`<${to}>`)]),
      { description: 'The topics that are written.' },
    );
    this.rules.requireItems<Schema>('topicsWithoutRoute', {
      path: 'config.schemas',
      list: schemas,
      holds: ({ topic }) => contains(str`<${topic}>`, topics),
      named: ({ topic }) => topic,
      problem: 'is the topic of no route',
      fix: 'write a topic that a route has in to',
    });
  }
}
