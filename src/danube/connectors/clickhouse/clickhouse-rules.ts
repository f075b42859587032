import type { z } from 'zod';
import {
  and,
  eq,
  gt,
  hasKey,
  hasPrefix,
  isSet,
  le,
  not,
  or,
  regexMatch,
  type Ref,
} from '../../../helm/index';
import { addCertificateFileRules } from '../client-certificates';
import type { ConnectorRules } from '../connector-rules';
import { isNamed } from '../connector-secrets';
import type { clickhouseValues } from './clickhouse-values';

type Values = Ref<z.output<typeof clickhouseValues>>;

/** Settings of inserts that other values write. */
const WRITTEN_SETTINGS = [
  'async_insert',
  'wait_for_async_insert',
  'wait_for_async_insert_timeout',
  'async_insert_max_data_size',
  'async_insert_busy_timeout_max_ms',
  'async_insert_busy_timeout_min_ms',
  'async_insert_use_adaptive_busy_timeout',
  'async_insert_max_query_number',
  'async_insert_deduplicate',
  'insert_deduplication_token',
];

/** The rules of a ClickHouse sink, but for those of its routes. */
export function addClickhouseRules(rules: ConnectorRules, values: Values): void {
  addConnectionRules(rules, values);
  addLoginRules(rules, values);
  addInsertRules(rules, values);
}

function addConnectionRules(rules: ConnectorRules, { config, certificates }: Values): void {
  const { url, tls } = config.clickhouse;
  rules.require({
    path: 'config.clickhouse.url',
    holds: url,
    problem: 'the sink needs a ClickHouse to write to',
    fix: 'write the URL of its HTTP port, such as http://clickhouse.data:8123',
  });
  rules.require({
    path: 'config.clickhouse.url',
    holds: not(regexMatch(':(9000|9440)/?$', url)),
    problem: '9000 and 9440 are ports of the native protocol, and the sink speaks HTTP',
    fix: 'write port 8123, or 8443 with https',
  });
  const isUsed = hasPrefix('https://', url);
  const fix = 'write an https URL in connector.config.clickhouse.url';
  addCertificateFileRules(rules, certificates, { isUsed, fix });
  rules.require({
    path: 'config.clickhouse.tls.insecure_skip_verify',
    holds: or(not(tls.insecure_skip_verify), isUsed),
    problem: 'it has no effect without TLS',
    fix: `leave it out, or ${fix}`,
  });
  rules.refuseVariables({
    CLICKHOUSE_URL: 'set connector.config.clickhouse.url',
    CLICKHOUSE_DATABASE: 'set connector.config.clickhouse.database',
  });
}

function addLoginRules(rules: ConnectorRules, { config, secrets }: Values): void {
  const { username } = config.clickhouse;
  const hasToken = isNamed(secrets, 'CLICKHOUSE_ACCESS_TOKEN');
  rules.require({
    path: 'config.clickhouse.username',
    holds: not(and(username, or(hasToken, isNamed(secrets, 'CLICKHOUSE_USERNAME')))),
    problem: 'secrets have CLICKHOUSE_USERNAME or CLICKHOUSE_ACCESS_TOKEN, which would win',
    fix: 'leave one of them out',
  });
  rules.require({
    path: 'secrets.fromKeys.CLICKHOUSE_ACCESS_TOKEN',
    holds: not(
      and(
        hasToken,
        or(isNamed(secrets, 'CLICKHOUSE_PASSWORD'), isNamed(secrets, 'CLICKHOUSE_USERNAME')),
      ),
    ),
    problem: 'an access token stands for user name and password, and one of these is given too',
    fix: 'leave the token or both of them out',
  });
}

function addInsertRules(rules: ConnectorRules, { config }: Values): void {
  const { compression, compression_level, async_insert, settings } = config.clickhouse;
  rules.require({
    path: 'config.clickhouse.compression_level',
    holds: or(not(isSet(compression_level)), eq(compression, 'zstd')),
    problem: 'only zstd has levels',
    fix: 'leave it out, or write compression zstd',
  });
  rules.require({
    path: 'config.clickhouse.insert_timeout_secs',
    holds: or(
      not(and(async_insert.enabled, async_insert.wait)),
      gt(config.clickhouse.insert_timeout_secs, async_insert.wait_timeout_secs),
    ),
    problem: 'inserts would be given up while ClickHouse may still gather them',
    fix: 'write more seconds than in async_insert.wait_timeout_secs',
  });
  rules.require({
    path: 'config.clickhouse.async_insert.busy_timeout_min_ms',
    holds: le(async_insert.busy_timeout_min_ms, async_insert.busy_timeout_ms),
    problem: 'it is more than busy_timeout_ms',
    fix: 'write less',
  });
  rules.require({
    path: 'config.clickhouse.settings',
    holds: not(or(...WRITTEN_SETTINGS.map((name) => hasKey(settings, name)))),
    problem: 'async_insert and the routes write one of these settings, and they would win',
    fix: 'write config.clickhouse.async_insert, or deduplication_token in the route',
  });
}
