import type { Container } from 'kubernetes-types/core/v1';
import type { z } from 'zod';
import type { Dynamic, Expr, ListItem, Ref } from '../../helm/index';
import { RESTRICTED_CONTAINER } from '../pod/hardening';
import type { ReleaseContext } from '../release-context';
import type { bootstrapValues } from './bootstrap-values';

export interface WaitForTopicsProps {
  /** References to values of the shape `bootstrapValues`: image and resources are read. */
  readonly values: Ref<z.output<typeof bootstrapValues>>;
  readonly release: ReleaseContext;
  /** URL of the admin port of the brokers. */
  readonly adminUrl: Expr<string>;
  /** Names of the topics: `[each(v.routes, ({ from }): Dynamic<string> => from)]`. */
  readonly topics: readonly ListItem<string>[];
}

/** danube-admin describes topics that do not exist too, so the list of the namespace tells. */
const WAIT_FOR_TOPICS = `\
export RUST_BACKTRACE=0
exists() {
  local listed namespace=\${1#/}
  listed=$(timeout 10 danube-admin topics list --namespace "\${namespace%%/*}" 2>/dev/null) ||
    unreachable=" (no broker answers at $DANUBE_ADMIN_ENDPOINT)"
  grep -qE "^Topic: $1(-part-[0-9]+)? \\\\(broker_id: " <<<"$listed"
}
while
  missing= unreachable=
  for topic in "$@"; do exists "$topic" || missing+=" $topic"; done
  [ -n "$missing" ]
do
  echo "waiting for topics:$missing$unreachable; a sink ends while its topics are missing"
  sleep 2
done
echo "all topics exist: $*"
`;

/**
 * An init container that waits until topics exist and a broker serves them, and says for which it
 * waits. Consumers never make topics, and a sink without them exits (facts on connectors, 2.6).
 */
export function waitForTopics(props: WaitForTopicsProps): Dynamic<Container> {
  const { values, release, adminUrl, topics } = props;
  return {
    name: 'wait-for-topics',
    image: release.image(values.image),
    imagePullPolicy: values.image.pullPolicy,
    command: ['/bin/bash', '-c', WAIT_FOR_TOPICS, 'wait-for-topics'],
    args: topics,
    env: [{ name: 'DANUBE_ADMIN_ENDPOINT', value: adminUrl }],
    resources: values.resources,
    securityContext: RESTRICTED_CONTAINER,
  };
}
