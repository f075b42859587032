import type { NamedSet } from '../../property/leaves';
import type { RefusedSet } from '../chart-proof';
import { at } from '../core/core-sets';
import { merged, setsOn, type ConnectorSetsProps, type Values } from './connector-sets';

/** The image of a sink that nobody publishes, with a client that brokers 0.7 understand. */
export const OWN_IMAGE = {
  connector: {
    image: { repository: 'registry.example.com/sink', tag: '1.0.0' },
    clientVersion: '0.7',
  },
};

/** Sets that every sink with an image of one's own is proved with besides. */
export function ownImageSets(props: ConnectorSetsProps): readonly NamedSet[] {
  const { set } = setsOn(props.minimal);
  return [
    set('a digest without a tag', {
      connector: { image: { tag: '', digest: `sha256:${'cd'.repeat(32)}` } },
    }),
    set('a new client', { core: { brokerVersion: '0.8' }, connector: { clientVersion: '0.8' } }),
    set('a new client and a single broker', {
      core: { singleBroker: true },
      connector: { clientVersion: '0.8' },
    }),
  ];
}

/** What every sink with an image of one's own refuses besides. */
export function ownImageRefusals(
  props: ConnectorSetsProps,
  routeOfOnePod: Values,
): readonly RefusedSet[] {
  const { refused } = setsOn(props.minimal);
  return [
    refused('connector.image.repository', { connector: { image: { repository: '' } } }),
    refused('connector.image.repository', { connector: { image: { tag: '' } } }),
    refused('connector.clientVersion', { connector: { clientVersion: '0.8' } }),
    refused(`connector.${props.routes}`, merged({ connector: { replicaCount: 2 } }, routeOfOnePod)),
  ];
}

/** Random values with an image, and brokers that its client can talk to. */
export function keepingOwnImage(values: Values): Values {
  const text = (path: string, fallback: string) =>
    at(values, `connector.image.${path}`) || fallback;
  return merged(values, {
    core: at(values, 'connector.clientVersion') === '0.7' ? {} : { brokerVersion: '0.8' },
    connector: { image: { repository: text('repository', 'own/sink'), tag: text('tag', '1') } },
  });
}

/** What a route of several pods has to say. */
export function subscribing(values: Values): Values {
  const isSeveral = Number(at(values, 'connector.replicaCount')) > 1;
  return isSeveral ? { subscription_type: 'Shared' } : {};
}

/** Certificates of a sink; `tls` are the values that make it use TLS. */
export function certificateSets(props: ConnectorSetsProps, tls: Values): readonly NamedSet[] {
  const { set } = setsOn(props.minimal);
  return [
    set('TLS with a CA', merged(tls, certificates({ caSecret: 'ca', caKey: 'own.pem' }))),
    set(
      'TLS with a certificate',
      merged(tls, certificates({ clientSecret: 'client', certKey: 'a.crt', keyKey: 'a.key' })),
    ),
  ];
}

/** Certificates without TLS, and paths that the chart writes. */
export function certificateRefusals(
  props: ConnectorSetsProps,
  table: string,
): readonly RefusedSet[] {
  const { refused } = setsOn(props.minimal);
  return [
    refused('connector.certificates.caSecret', certificates({ caSecret: 'a' })),
    refused('connector.certificates.clientSecret', certificates({ clientSecret: 'a' })),
    ...['ca_cert_path', 'client_cert_path', 'client_key_path'].map((key) =>
      refused(`connector.config.${table}.tls.${key}`, {
        connector: { config: { [table]: { tls: { [key]: '/a' } } } },
      }),
    ),
  ];
}

function certificates(values: Values): Values {
  return { connector: { certificates: values } };
}
