import {
  eq,
  literal,
  not,
  orElse,
  tomlFile,
  valuesTree,
  when,
  type Expr,
  type Ref,
  type ValuesTreeField,
} from '../../helm/index';
import type { ConfigVersion } from './config-version';
import type { ConnectorValues } from './connector-values';

/** What keys are called in the vocabulary of 0.2: `'qdrant.routes.from': 'topic'`. */
export type OlderNames = Readonly<Record<string, string>>;

/** What stands in connector.toml in place of a key, given as its path below `config`. */
export type ConfigFields = Readonly<
  Record<string, (field: ValuesTreeField) => Readonly<Record<string, unknown>>>
>;

export interface ConnectorConfigProps {
  readonly values: Ref<ConnectorValues>;
  readonly version: Expr<ConfigVersion>;
  readonly olderNames: OlderNames;
  readonly fields: ConfigFields;
  readonly serviceUrl: Expr<string>;
  /** The name of the connector where the values give none. */
  readonly name: Expr<string>;
}

/** connector.toml: what `config` says, in the vocabulary of the version. */
export function connectorConfig(props: ConnectorConfigProps) {
  const { values, version, olderNames } = props;
  const isOlder = eq(version, '0.2');
  const isNewer = not(isOlder);
  const own: ConfigFields = {
    danube_service_url: () => ({ danube_service_url: props.serviceUrl }),
    connector_name: () => ({ connector_name: orElse(values.config.connector_name, props.name) }),
    'processing.batch_size': (batchSize) => ({
      batch_size: batchSize.tree(),
      metrics_port: when(isNewer, values.metricsPort),
    }),
    'processing.health_check_interval_ms': ({ key, tree }) => ({ [key]: when(isNewer, tree()) }),
    'processing.health_check_failure_threshold': ({ key, tree }) => ({
      [key]: when(isNewer, tree()),
    }),
    ...props.fields,
  };
  /** Below a key that is called otherwise in 0.2 there is a tree for each version. */
  const fieldsIn =
    (known?: ConfigVersion) =>
    (path: string, field: ValuesTreeField): Readonly<Record<string, unknown>> => {
      if (Object.hasOwn(own, path)) {
        return own[path](field);
      }
      const { key, tree } = field;
      if (!Object.hasOwn(olderNames, path)) {
        return { [key]: tree() };
      }
      if (known !== undefined) {
        return { [known === '0.2' ? olderNames[path] : key]: tree() };
      }
      return {
        [olderNames[path]]: when(isOlder, tree(fieldsIn('0.2'))),
        [key]: when(isNewer, tree(fieldsIn('0.3'))),
      };
    };
  return tomlFile(valuesTree(values.config, { fields: fieldsIn() }));
}

/** The version of connectors that were never published: the newest vocabulary. */
export const NEWEST: Expr<ConfigVersion> = literal<ConfigVersion>('0.3');
