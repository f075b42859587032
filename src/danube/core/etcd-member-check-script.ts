import { ASK_ETCD } from './etcd-gateway';

/**
 * Compares the members of the living etcd with the pods that a release wants, `MEMBERS` of them. A
 * member that starts without being added first would form a second, empty cluster beside the
 * living one, or wait for ever; one that goes without being removed counts for the quorum still.
 */
export const MEMBER_CHECK = `\
${ASK_ETCD}
wanted=() living=() missing=() extra=() unstarted=()
declare -A id_of=()
for ((i = 0; i < MEMBERS; i++)); do wanted+=("$ETCD_NAME-$i"); done
etcdctl="kubectl -n $NAMESPACE exec $ETCD_NAME-0 -- etcdctl --endpoints=127.0.0.1:$ETCD_PORT"

for ((try = 1; ; try++)); do
  answer=$(ask_etcd /v3/cluster/member/list '{}')
  [[ $answer != *'"members":'* ]] || break
  if ! getent hosts "$ETCD_HOST" >/dev/null; then
    echo "there is no etcd at $ETCD_HOST yet, so nothing to check"
    exit 0
  fi
  if ((try == TRIES)); then
    # Pods that are not ready are in DNS too.
    pods=0
    while getent hosts "$ETCD_NAME-$pods.$MEMBERS_DOMAIN" >/dev/null; do ((pods++)); done
    if ((pods == MEMBERS)); then
      echo "etcd does not answer; it has $pods pods, as many as it will have"
      exit 0
    fi
    echo "etcd at $ETCD_HOST does not answer, so nobody knows whether it has $MEMBERS members."
    echo "Nothing was changed. If the number stays as it is, let the upgrade go on with"
    echo "  --set etcd.memberCheck.enabled=false"
    exit 1
  fi
  sleep 5
done

while read -r member; do
  [[ $member =~ \\"ID\\":\\"([0-9]+)\\" ]] || continue
  id=$(printf %x "$((BASH_REMATCH[1]))")
  [[ $member =~ \\"peerURLs\\":\\[\\"https?://([^.:/\\"]+) ]] || continue
  pod=\${BASH_REMATCH[1]}
  living+=("$pod")
  id_of[$pod]=$id
  [[ $member == *'"clientURLs"'* ]] || unstarted+=("$pod")
  [[ " \${wanted[*]} " == *" $pod "* ]] || extra+=("$pod")
done < <(printf %s "$answer" | grep -oE '\\{"ID":[^}]*\\}')
for pod in "\${wanted[@]}"; do
  [[ -n \${id_of[$pod]} ]] || missing+=("$pod")
done

if ((\${#missing[@]} == 0 && \${#extra[@]} == 0)); then
  if ((\${#unstarted[@]} == 0)) || [[ $INITIAL_CLUSTER_STATE == existing ]]; then
    echo "etcd has the members that it will have: \${wanted[*]}"
    exit 0
  fi
  echo "\${unstarted[*]} would form a second, empty cluster. Nothing was changed. Repeat with"
  echo "  --set etcd.cluster.initialClusterState=existing"
  exit 1
fi
echo "etcd has the members \${living[*]}, and this upgrade wants \${wanted[*]}. Nothing was changed."
if ((\${#extra[@]} == 0)); then
  next=\${missing[0]}
  echo "Add one member at a time (repeat a command while etcd calls itself unhealthy):"
  echo "  kubectl -n $NAMESPACE delete pvc data-$next --ignore-not-found"
  echo "  $etcdctl member add $next --learner --peer-urls=$PEER_SCHEME://$next.$MEMBERS_DOMAIN:$PEER_PORT"
  echo "  helm upgrade ... --set etcd.replicaCount=$((\${#living[@]} + 1))" \\
    "--set etcd.cluster.initialClusterState=existing"
  echo "  $etcdctl member promote <the id that member add printed>"
  ((\${#missing[@]} == 1)) || echo "and then the same for \${missing[*]:1}."
elif ((\${#missing[@]} == 0)); then
  echo "Remove members first, and repeat the upgrade then:"
  for pod in "\${extra[@]}"; do echo "  $etcdctl member remove \${id_of[$pod]} # $pod"; done
  echo "After it delete what they stored, or they could not come back:"
  for pod in "\${extra[@]}"; do echo "  kubectl -n $NAMESPACE delete pvc data-$pod"; done
else
  echo "The names of living members cannot change: write back the values that name them."
fi
exit 1
`;
