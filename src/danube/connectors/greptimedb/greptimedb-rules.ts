import { and, hasPrefix, isSet, not, or, type Ref } from '../../../helm/index';
import { addCertificateFileRules } from '../client-certificates';
import type { ConnectorRules } from '../connector-rules';
import { isNamed } from '../connector-secrets';
import type { GreptimedbValues } from './greptimedb-values';

/** The rules of a GreptimeDB sink, but for those of its routes. */
export function addGreptimedbRules(rules: ConnectorRules, values: Ref<GreptimedbValues>): void {
  const { config, certificates } = values;
  const { endpoints, http_endpoint: http, tls } = config.greptimedb;
  rules.require({
    path: 'config.greptimedb.endpoints',
    holds: endpoints,
    problem: 'the sink needs a GreptimeDB to write to',
    fix: 'write host and gRPC port, such as greptimedb.data:4001',
  });
  addCertificateFileRules(rules, certificates, {
    isUsed: or(tls.enabled, hasPrefix('https://', http)),
    fix: 'write connector.config.greptimedb.tls.enabled or an https http_endpoint',
  });
  addLoginRules(rules, values);
  addDatabaseRules(rules, values);
  rules.refuseVariables({
    GREPTIMEDB_ENDPOINTS: 'set connector.config.greptimedb.endpoints',
    GREPTIMEDB_HTTP_ENDPOINT: 'set connector.config.greptimedb.http_endpoint',
    GREPTIMEDB_DATABASE: 'set connector.config.greptimedb.database',
  });
}

function addLoginRules(rules: ConnectorRules, values: Ref<GreptimedbValues>): void {
  const { config, secrets } = values;
  const { username } = config.greptimedb;
  const namesUser = isNamed(secrets, 'GREPTIMEDB_USERNAME');
  const namesPassword = isNamed(secrets, 'GREPTIMEDB_PASSWORD');
  const mayHaveMore = or(secrets.existingSecret, values.extraEnv, values.envFrom);
  rules.require({
    path: 'config.greptimedb.username',
    holds: not(and(username, namesUser)),
    problem: 'secrets have GREPTIMEDB_USERNAME, which would win',
    fix: 'leave one of them out',
  });
  rules.require({
    path: 'secrets.fromKeys.GREPTIMEDB_PASSWORD',
    holds: or(not(or(username, namesUser)), namesPassword, mayHaveMore),
    problem: 'there is a user name without a password, and the sink does not start',
    fix: 'name the Secret with the password, or leave the user name out',
  });
  rules.require({
    path: 'config.greptimedb.username',
    holds: or(not(namesPassword), username, namesUser, mayHaveMore),
    problem: 'there is a password without a user name, and the sink does not start',
    fix: 'write the user name, or leave the password out',
  });
}

function addDatabaseRules(rules: ConnectorRules, { config }: Ref<GreptimedbValues>): void {
  const own = config.greptimedb;
  const { http_endpoint: http, table_defaults: table } = own;
  rules.require({
    path: 'config.greptimedb.http_endpoint',
    holds: or(
      http,
      not(or(own.auto_create_database, isSet(table.storage), isSet(table.compaction))),
    ),
    problem: 'databases, and the storage and compaction of tables, take SQL, which goes through it',
    fix:
      'write it, such as http://greptimedb.data:4000, or leave auto_create_database, ' +
      'table_defaults.storage and table_defaults.compaction out',
  });
  rules.require({
    path: 'config.greptimedb.database_ttl',
    holds: or(not(isSet(own.database_ttl)), own.auto_create_database),
    problem: 'it is for databases that the sink makes, and it makes none',
    fix: 'leave it out, or write auto_create_database',
  });
  rules.require({
    path: 'config.greptimedb.table_defaults.merge_mode',
    holds: not(and(isSet(table.merge_mode), table.append_mode)),
    problem: 'rows are kept apart (append_mode), so nothing is merged',
    fix: 'leave one of them out',
  });
}
