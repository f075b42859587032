import { isMap } from '../../../src/helm/expression/go-value';
import { at } from '../core/core-sets';
import { merged, type Values } from './connector-sets';
import { application, field, SECRETS, STORAGES, TABLES } from './deltalake-sets';

/** Keys of the storage and of no other, tables there, columns that can be written. */
export function keepingRules(values: Values): Values {
  const get = (path: string) => at(values, `connector.${path}`);
  const given = get('config.deltalake.storage_backend');
  const storage = typeof given === 'string' ? given : 's3';
  const endpoint = storage === 's3' ? get('config.deltalake.s3_endpoint') : '';
  const routes = get('config.deltalake.routes');
  const list: readonly unknown[] = Array.isArray(routes) ? routes : [];
  const isOlder = get('configVersion') !== '0.3';
  const isUnsafe = get('allowUnsafeDataTypes') === true;
  const isWhole = Boolean(get('secrets.existingSecret'));
  const credentials = CREDENTIALS.map(({ owner, names }) => ({
    names,
    secretName: owner === storage ? get(`secrets.fromKeys.${names[0]}.secretName`) : '',
    text: owner === storage && !isWhole ? get(`secrets.trialValues.${names[0]}`) : '',
  }));
  const google = credentials[credentials.length - 1];
  const takesFile = storage === 'gcs' && !google.secretName && !google.text;
  return merged(values, {
    connector: {
      config: {
        deltalake: {
          ...ofStorage(storage, get('config.deltalake')),
          s3_endpoint: endpoint,
          s3_allow_http: typeof endpoint === 'string' && endpoint.startsWith('http://'),
          routes: list.map((one) => soundRoute(one, storage, isOlder, isUnsafe)),
        },
      },
      secrets: {
        fromKeys: Object.fromEntries(
          credentials.flatMap(({ names, secretName }) =>
            names.map((name) => [name, { secretName: secretName ?? '' }]),
          ),
        ),
        trialValues: Object.fromEntries(
          credentials.flatMap(({ names, text }) => names.map((name) => [name, text ?? ''])),
        ),
      },
      ...(takesFile ? {} : { gcsSecret: { name: '' } }),
    },
  });
}

/** Credentials that go together, of which the first says whether they are given. */
const CREDENTIALS = [
  { owner: 's3', names: SECRETS.s3 },
  ...SECRETS.azure.slice(0, 2).map((name) => ({ owner: 'azure', names: [name] })),
  { owner: 'azure', names: application },
  { owner: 'gcs', names: SECRETS.gcs },
];

/** What is needed for a storage where it is not given, and nothing for the others. */
function ofStorage(storage: string, given: unknown): Values {
  const all = merged(...Object.values(STORAGES));
  const needed = Object.keys(all).filter((key) => key !== 'storage_backend');
  return Object.fromEntries(
    needed.map((key) => {
      const example = storage === 's3' || key !== 's3_region' ? STORAGES[storage][key] : undefined;
      return [key, example === undefined ? '' : at(given, key) || example];
    }),
  );
}

function soundRoute(route: unknown, storage: string, isOlder: boolean, isUnsafe: boolean): unknown {
  const fields = at(route, 'field_mappings');
  const list: readonly unknown[] = Array.isArray(fields) ? fields : [];
  const columns = new Set(['_danube_metadata']);
  const kept = list.filter(isMap).flatMap((one) => {
    const column = String(one.column).toLowerCase();
    const type = String(one.data_type);
    const isSound = !type.startsWith('Date') && (isUnsafe || !/^(UInt|Timestamp)/.test(type));
    if (columns.has(column)) {
      return [];
    }
    columns.add(column);
    return [{ ...one, data_type: isSound ? type : 'Binary' }];
  });
  return Object.assign({}, route, {
    to: String(at(route, 'to')).replace(/^[^:]*:/, TABLES[storage].replace(/:.*/, ':')),
    write_mode: 'append',
    field_mappings: kept.length > 0 ? kept : [field],
    ...(isOlder ? {} : { batch_size: null, flush_interval_ms: null }),
  });
}
