/**
 * Sends a message to a topic and waits until a consumer shows it. A consumer of a topic that does
 * not exist ends at once, so a first message makes the topic. What stays is the topic with its
 * subscription: the CLI cannot delete them, and a fixed topic does not pile up.
 */
export const MESSAGES_SCRIPT = `\
message="helm-test-$(date +%s)"
received=/tmp/received
produce() {
  timeout 15 danube-cli produce --service-addr "$DANUBE_URL" --topic "$TOPIC" \\
    --producer-name helm-test --message "$message" 2>&1
}
for try in 1 2 3 4 5 6; do
  sent=$(produce) && break
  sleep 2
done
echo "$sent"
timeout 60 danube-cli consume --service-addr "$DANUBE_URL" --topic "$TOPIC" \\
  --consumer helm-test --subscription helm-test --sub-type exclusive >"$received" 2>&1 &
consumer=$!
for try in 1 2 3 4 5 6; do
  sleep 2
  produce >/dev/null
  sleep 1
  if grep -q "Received message: $message" "$received"; then
    echo "a message went through $TOPIC at $DANUBE_URL"
    kill "$consumer"
    exit 0
  fi
done
echo "no message came back through $TOPIC at $DANUBE_URL:"
cat "$received"
exit 1
`;

/** Waits until Prometheus has scraped all jobs, and none of its targets is down. */
export const TARGETS_SCRIPT = `\
query() { promtool query instant "$PROMETHEUS_URL" "$1" 2>&1; }
for try in 1 2 3 4 5 6 7 8 9 10 11 12; do
  down=$(query 'count(up == 0) or vector(0)')
  jobs=$(query 'count(count by (job) (up == 1))')
  case "$down / $jobs" in
    "{} => 0 @"*" / {} => $JOBS @"*)
      echo "all targets of $JOBS jobs at $PROMETHEUS_URL are up"
      exit 0 ;;
  esac
  sleep 5
done
echo "of the targets at $PROMETHEUS_URL some are down: $down; jobs that are up (of $JOBS): $jobs"
query 'up == 0'
exit 1
`;
