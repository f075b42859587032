import type { Construct } from 'constructs';
import type {
  Container,
  ContainerPort,
  ServicePort,
  Volume,
  VolumeMount,
} from 'kubernetes-types/core/v1';
import type { Certificate } from '../../../imports/cert-manager.io';
import type { NetworkPolicyPort } from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import {
  asString,
  choose,
  eq,
  gt,
  ne,
  not,
  or,
  orElse,
  str,
  when,
  type ChartPart,
  type KubernetesObject,
  type Expr,
  type ListItem,
  type Ref,
} from '../../helm/index';
import { addCertificate, addCertificateRules } from '../pod/certificate';
import { RESTRICTED_CONTAINER } from '../pod/hardening';
import { tcp } from '../pod/network-peers';
import type { ReleaseContext } from '../release-context';
import { ETCD } from './components';
import type { etcdValues } from './etcd-values';

type Values = Ref<z.output<typeof etcdValues>>;

const DIRECTORY = '/etc/etcd/peer-tls';

/** As many members as there can be, so that a change of their number changes no certificate. */
const MOST_MEMBERS = 5;

function listensPlain({ peerTLS }: Values): Expr<boolean> {
  return ne(peerTLS.mode, 'only');
}

function listensTls({ peerTLS }: Values): Expr<boolean> {
  return ne(peerTLS.mode, 'off');
}

/** The scheme of the addresses that a new cluster is made of. */
export function peerScheme(values: Values): Expr<string> {
  return choose(listensTls(values), 'https', 'http');
}

/** The port of the addresses that a new cluster is made of. */
export function peerPort(values: Values): Expr<number> {
  return choose(listensTls(values), values.peerTLS.port, values.service.peerPort);
}

/**
 * Which peers a member listens to and how they prove who they are. A member without a certificate
 * of the same CA is turned away.
 */
export function peerArguments(
  values: Values,
  { anyAddress }: ReleaseContext,
): readonly ListItem<string>[] {
  const tls = listensTls(values);
  const plainUrl = str`http://${anyAddress}:${values.service.peerPort}`;
  const tlsUrl = str`https://${anyAddress}:${values.peerTLS.port}`;
  return [
    when<string>(
      eq(values.peerTLS.mode, 'both'),
      str`--listen-peer-urls=${plainUrl},${tlsUrl}`,
      when<string>(tls, str`--listen-peer-urls=${tlsUrl}`, str`--listen-peer-urls=${plainUrl}`),
    ),
    when<string>(tls, `--peer-cert-file=${DIRECTORY}/tls.crt`),
    when<string>(tls, `--peer-key-file=${DIRECTORY}/tls.key`),
    when<string>(tls, `--peer-trusted-ca-file=${DIRECTORY}/ca.crt`),
    when<string>(tls, '--peer-client-cert-auth=true'),
  ];
}

export function peerContainerPorts(values: Values): readonly ListItem<ContainerPort>[] {
  return [
    when<ContainerPort>(listensPlain(values), {
      name: 'peer',
      containerPort: values.service.peerPort,
    }),
    when<ContainerPort>(listensTls(values), {
      name: 'peer-tls',
      containerPort: values.peerTLS.port,
    }),
  ];
}

export function peerServicePorts(values: Values): readonly ListItem<ServicePort>[] {
  return [
    when<ServicePort>(listensPlain(values), {
      name: 'peer',
      port: values.service.peerPort,
      targetPort: 'peer',
    }),
    when<ServicePort>(listensTls(values), {
      name: 'peer-tls',
      port: values.peerTLS.port,
      targetPort: 'peer-tls',
    }),
  ];
}

/** The ports between members that a NetworkPolicy opens. */
export function peerPolicyPorts(values: Values): readonly ListItem<NetworkPolicyPort>[] {
  return [
    when<NetworkPolicyPort>(listensPlain(values), tcp(values.service.peerPort)),
    when<NetworkPolicyPort>(listensTls(values), tcp(values.peerTLS.port)),
  ];
}

export function peerTlsMount(values: Values): ListItem<VolumeMount> {
  return when<VolumeMount>(listensTls(values), {
    name: 'peer-tls',
    mountPath: DIRECTORY,
    readOnly: true,
  });
}

export function peerTlsVolume(values: Values, secretName: Expr<string>): ListItem<Volume> {
  return when<Volume>(listensTls(values), {
    name: 'peer-tls',
    secret: { secretName, defaultMode: 0o440 },
  });
}

/** The Secret with the certificate of the members: one by name, or cert-manager's. */
export function peerTlsSecret({ peerTLS }: Values, { names }: ReleaseContext): Expr<string> {
  return orElse(peerTLS.secretName, str`${names.etcd}-peer-tls`);
}

/**
 * The Certificate of the members (`etcd.peerTLS.certManager`), one for all of them. etcd compares
 * the address of a peer with the names in its certificate, and for a wildcard it would need reverse
 * DNS, so each name is written out.
 */
export function addPeerCertificate(
  scope: Construct,
  { peerTLS }: Values,
  release: ReleaseContext,
  members: Expr<string>,
  secretName: Expr<string>,
): KubernetesObject<Certificate> {
  const { etcd } = release.names;
  return addCertificate(scope, {
    object: 'etcdCertificate',
    values: peerTLS.certManager,
    release,
    component: ETCD,
    name: str`${etcd}-peer`,
    secretName,
    dnsNames: Array.from(
      { length: MOST_MEMBERS },
      (_, ordinal) => str`${etcd}-${String(ordinal)}.${members}`,
    ),
    isForClients: true,
  });
}

/**
 * The others keep the address that they know a member by, whatever its arguments say. A member that
 * listens elsewhere is still counted, and only when the last one has changed the quorum is gone.
 */
const CHECK_PEERS = `\
answer=$(timeout 5 bash -c '
  exec 3<>"/dev/tcp/$ETCD_HOST/$ETCD_PORT"
  printf "POST /v3/cluster/member/list HTTP/1.0\\r\\nContent-Length: 2\\r\\n\\r\\n{}" >&3
  cat <&3
' 2>/dev/null)
if ! [[ $answer =~ \\"name\\":\\"$POD_NAME\\",\\"peerURLs\\":\\[([^]]*)\\] ]]; then
  echo "no member answers that knows $POD_NAME"
  exit 0
fi
urls=\${BASH_REMATCH[1]//[\\",]/ }
for url in $urls; do
  if [[ " $LISTENS_ON " != *" \${url%%://*}:\${url##*:} "* ]]; then
    echo "the other members know $POD_NAME as $url, and it would listen on $LISTENS_ON only."
    echo "etcd.peerTLS.mode goes from off to both, then the members are told their new addresses,"
    echo "as NOTES says, then from both to only; and back the same way."
    exit 1
  fi
done
echo "the other members know $POD_NAME as $urls"
`;

/** The init container that keeps an update from cutting the members off. */
export function checkPeers(
  values: Values,
  release: ReleaseContext,
  clientHost: Expr<string>,
): ListItem<Container> {
  const { peerTLS, service } = values;
  const plain = str`http:${service.peerPort}`;
  const tls = str`https:${peerTLS.port}`;
  return when<Container>(gt(values.replicaCount, 1), {
    name: 'check-peers',
    image: release.image(peerTLS.check.image),
    imagePullPolicy: peerTLS.check.image.pullPolicy,
    command: ['/bin/bash', '-c', CHECK_PEERS],
    env: [
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'ETCD_HOST', value: clientHost },
      { name: 'ETCD_PORT', value: asString(service.port) },
      {
        name: 'LISTENS_ON',
        value: when(
          eq(peerTLS.mode, 'both'),
          str`${plain} ${tls}`,
          when<string>(eq(peerTLS.mode, 'only'), tls, plain),
        ),
      },
    ],
    resources: peerTLS.check.resources,
    securityContext: RESTRICTED_CONTAINER,
  });
}

/** What has to hold of TLS between members. */
export function addPeerTlsRules(chart: ChartPart, values: Values): void {
  const { peerTLS, service } = values;
  const off = eq(peerTLS.mode, 'off');
  chart.require({
    path: 'etcd.peerTLS.secretName',
    holds: or(off, peerTLS.secretName, peerTLS.certManager.enabled),
    problem: 'the certificate of the members needs a Secret',
    fix:
      'name one with tls.crt, tls.key and ca.crt, or set etcd.peerTLS.certManager.enabled ' +
      'to true',
  });
  chart.require({
    path: 'etcd.peerTLS.certManager.enabled',
    holds: or(not(peerTLS.certManager.enabled), not(off)),
    problem: 'etcd.peerTLS.mode is off, so the members would not use the certificate',
    fix: 'set it to false, or etcd.peerTLS.mode to only, or to both for a living cluster',
  });
  for (const [name, other] of [
    ['port', service.port],
    ['peerPort', service.peerPort],
    ['metricsPort', service.metricsPort],
  ] as const) {
    chart.require({
      path: 'etcd.peerTLS.port',
      holds: or(off, ne(peerTLS.port, other)),
      problem: str`${peerTLS.port} is etcd.service.${name} too`,
      fix: 'write another port',
    });
  }
  addCertificateRules(chart, 'etcd.peerTLS.certManager', peerTLS.certManager);
}
