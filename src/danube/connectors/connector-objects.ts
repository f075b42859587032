/** The objects of every connector that can be given labels and annotations. */
export const CONNECTOR_OBJECTS = [
  'connectorService',
  'connectorDeployment',
  'connectorBootstrap',
  'connectorBootstrapConfigMap',
  'connectorBootstrapNetworkPolicy',
  'connectorBootstrapSchemasConfigMap',
  'connectorConfigMap',
  'connectorNetworkPolicy',
  'connectorPrometheusRule',
  'connectorSecretTrial',
  'connectorServiceAccount',
  'connectorServiceMonitor',
] as const;

/** What those have besides of which there may be several pods. */
export const CONNECTOR_PDB = 'connectorPdb';

/** What sources have besides. */
export const CONNECTOR_SCHEMAS = 'connectorSchemas';
