{{/* What Prometheus warns of, as a file of its own or as a PrometheusRule. */}}
{{- define "core.alerts" -}}
{{- $name := include "core.fullname" . }}
{{- $brokers := printf "namespace='%s',job='%s-danube-broker'" .Release.Namespace $name }}
{{- $members := printf "namespace='%s',job='%s-etcd'" .Release.Namespace $name }}
groups:
  - name: danube-broker
    rules:
      - alert: DanubeBrokerDown
        expr: up{ {{- $brokers -}} } == 0
        for: 2m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-danube-broker
        annotations:
          summary: Broker {{ "{{ $labels.pod }}" }} does not answer.
          description: |-
            Its topics move to other brokers 32 seconds after it stopped. See the events and the
            previous log of the pod: without etcd a broker exits with 101.
      - alert: DanubeBrokersMissing
        expr: absent(up{ {{- $brokers -}} })
        for: 5m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-danube-broker
        annotations:
          summary: Prometheus finds no broker at all.
          description: |-
            The StatefulSet has no pods, or discovery does not work: look at /targets, at the Role
            of Prometheus and at the NetworkPolicies.
      - alert: DanubeBrokerRestarts
        expr: count by (pod) (last_over_time(danube_broker_topics_owned{ {{- $brokers -}} }[1h])) > 3
        for: 0m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-danube-broker
        annotations:
          summary: Broker {{ "{{ $labels.pod }}" }} started more than 3 times within an hour.
          description: |-
            Each start has a new broker id, which is counted here. See the previous log of the pod
            and whether it was killed for its memory or by its liveness probe.
      - alert: DanubeNoLeader
        expr: sum(danube_leader_election_state{ {{- $brokers -}} }) == 0
        for: 2m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-danube-broker
        annotations:
          summary: No broker is the leader.
          description: |-
            New topics and those of stopped brokers are assigned to nobody. Brokers elect a leader
            through etcd: look at etcd first, then restart the brokers one by one.
      - alert: DanubeManyLeaders
        expr: sum(danube_leader_election_state{ {{- $brokers -}} }) > 1
        for: 2m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-danube-broker
        annotations:
          summary: "{{ "{{ $value }}" }} brokers say that they are the leader."
          description: |-
            Topics may be assigned twice. A broker that lost etcd keeps saying that it leads:
            restart the brokers whose danube_leader_election_state is 1, one after the other.
      - alert: DanubeBrokerWithoutTopics
        expr: danube_broker_topics_owned{ {{- $brokers -}} } == 0 and on () sum(danube_broker_topics_owned{ {{- $brokers -}} }) >= 10
        for: 1h
        labels:
          severity: info
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-danube-broker
        annotations:
          summary: Broker {{ "{{ $labels.pod }}" }} serves no topic while others do.
          description: |-
            It restarted and no topic was created since, or it was drained, or it is not registered
            in etcd. Compare with danube-admin brokers list.
      - alert: DanubeMessagesRefused
        expr: sum by (pod) (rate(danube_producer_send_total{ {{- $brokers }},result='error'}[5m])) > 0.1
        for: 5m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-danube-broker
        annotations:
          summary: Broker {{ "{{ $labels.pod }}" }} refuses {{ "{{ $value | humanize }}" }} messages a second.
          description: |-
            InvalidArgument is a message above maxMessageSize; PermissionDenied anything else, such
            as a rate limit, a schema that does not fit or a log that cannot be written.
      - alert: DanubeAcknowledgementsFail
        expr: sum by (pod) (rate(danube_broker_rpc_total{ {{- $brokers }},method='ack',result='error'}[5m])) > 0.1
        for: 5m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-danube-broker
        annotations:
          summary: Broker {{ "{{ $labels.pod }}" }} cannot store acknowledgements.
          description: |-
            Consumers get the same messages again after a restart. Cursors are in etcd: is it
            healthy and not full?
      - alert: DanubeStreamsFail
        expr: sum by (pod) (rate(danube_broker_rpc_total{ {{- $brokers }},method='receive_messages',result='error'}[5m])) > 0.1
        for: 10m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-danube-broker
        annotations:
          summary: Consumers cannot open streams at broker {{ "{{ $labels.pod }}" }}.
          description: They ask for a subscription that this broker does not have. See its log.
      - alert: DanubeClientsRedirectedForEver
        expr: sum(rate(danube_client_redirects_total{ {{- $brokers -}} }[10m])) > 1
        for: 15m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-danube-broker
        annotations:
          summary: Clients are sent on {{ "{{ $value | humanize }}" }} times a second.
          description: |-
            A client is sent on once when it connects. All the time means that it reaches another
            broker than it was sent to: do clients resolve and reach the advertised address of each
            broker?
      - alert: DanubeSendsSlow
        expr: max by (pod, topic) (danube_producer_send_latency_ms{ {{- $brokers }},quantile='0.99'}) > 1000
        for: 10m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-danube-broker
        annotations:
          summary: Sends to {{ "{{ $labels.topic }}" }} take {{ "{{ $value | humanize }}" }} ms (99th percentile).
          description: See the CPU limit of broker {{ "{{ $labels.pod }}" }} and the latency of its volume.
      - alert: DanubeLogWritesSlow
        expr: max by (pod) (danube_wal_flush_latency_ms{ {{- $brokers }},quantile='0.99'}) > 500
        for: 10m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-danube-broker
        annotations:
          summary: The log of broker {{ "{{ $labels.pod }}" }} takes {{ "{{ $value | humanize }}" }} ms to write.
          description: What is not written is lost with the pod. The volume is too slow or full.
      - alert: DanubeSubscriptionLags
        expr: max by (pod, subscription) (danube_subscription_lag_messages{ {{- $brokers -}} }) > 10000
        for: 15m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-danube-broker
        annotations:
          summary: "{{ "{{ $labels.subscription }}" }} is {{ "{{ $value | humanize }}" }} messages behind."
          description: |-
            Consumers are slower than producers. The log keeps messages for walRetention only; then
            they come from the cloud storage.
      - alert: DanubeSubscriptionStuck
        expr: danube_subscription_lag_messages{ {{- $brokers -}} } > 0 unless on (subscription) rate(danube_consumer_bytes_out_total{ {{- $brokers -}} }[15m]) > 0
        for: 15m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-danube-broker
        annotations:
          summary: "{{ "{{ $labels.subscription }}" }} has {{ "{{ $value }}" }} messages and gets none."
          description: |-
            Its consumer is gone, or it does not acknowledge what it got: a broker sends the next
            message of an exclusive subscription after that only.
      - alert: DanubeSchemaViolations
        expr: sum by (topic) (rate(danube_schema_validation_failures_total{ {{- $brokers -}} }[10m])) > 0
        for: 10m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-danube-broker
        annotations:
          summary: Messages to {{ "{{ $labels.topic }}" }} do not fit its schema.
          description: With the policy Enforce they are refused, with Warn they are let through.
      - alert: DanubeUploadsFail
        expr: sum by (pod) (increase(danube_cloud_upload_objects_total{ {{- $brokers }},result='error'}[30m])) > 0
        for: 5m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-danube-broker
        annotations:
          summary: Broker {{ "{{ $labels.pod }}" }} cannot upload the history of topics.
          description: |-
            A topic that moves loses what is not uploaded. Look at the credentials and the address
            of the object store, or at the space of the volume of cloudBackend fs.
      - alert: DanubeUploadsStopped
        expr: rate(danube_wal_append_total{ {{- $brokers -}} }[1h]) > 0 unless on (topic) rate(danube_cloud_upload_bytes_total{ {{- $brokers -}} }[1h]) > 0
        for: 30m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-danube-broker
        annotations:
          summary: "{{ "{{ $labels.topic }}" }} gets messages, and nothing of it is uploaded."
          description: |-
            The uploader of this topic ended without an error. Restart broker {{ "{{ $labels.pod }}" }};
            with an uploader.intervalSeconds of more than 30 minutes this alert says nothing.
      - alert: DanubeHistoryDamaged
        expr: sum by (pod, reason) (increase(danube_cloud_reader_errors_total{ {{- $brokers -}} }[1h])) > 0
        for: 0m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-danube-broker
        annotations:
          summary: Uploaded history cannot be read ({{ "{{ $labels.reason }}" }}).
          description: |-
            Objects in the cloud storage are damaged or were changed, and consumers that need them
            stop there. The log of broker {{ "{{ $labels.pod }}" }} names the topic.
      - alert: DanubeRebalancingFails
        expr: sum(increase(danube_rebalancing_failures_total{ {{- $brokers -}} }[1h])) > 3
        for: 0m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-danube-broker
        annotations:
          summary: The leader cannot move topics.
          description: See the log of the leader. Rebalancing is off by default, and best left off.
  {{- if .Values.etcd.enabled }}
  - name: danube-etcd
    rules:
      - alert: DanubeBrokersDeaf
        expr: sum(etcd_debugging_mvcc_watcher_total{ {{- $members -}} }) < 9 * sum(up{ {{- $brokers -}} })
        for: 3m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-etcd
        annotations:
          summary: Brokers lost etcd and do not come back by themselves.
          description: |-
            After an outage of etcd a broker runs on, but is not registered and takes no topics.
            Restart the brokers: kubectl rollout restart of their StatefulSet.
      - alert: DanubeEtcdMemberDown
        expr: up{ {{- $members -}} } == 0
        for: 2m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-etcd
        annotations:
          summary: etcd member {{ "{{ $labels.pod }}" }} does not answer.
          description: Three members survive the loss of one, five of two; one survives nothing.
      - alert: DanubeEtcdQuorumLost
        expr: 2 * sum(up{ {{- $members -}} }) <= count(up{ {{- $members -}} })
        for: 1m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-etcd
        annotations:
          summary: Half of the etcd members or more do not answer.
          description: |-
            Nothing can be written: no broker can start, and running ones drop out after 32 seconds.
            Bring the members back, then restart the brokers.
      - alert: DanubeEtcdNoLeader
        expr: etcd_server_has_leader{ {{- $members -}} } == 0
        for: 1m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-etcd
        annotations:
          summary: etcd member {{ "{{ $labels.pod }}" }} knows no leader.
          description: It is cut off from the others, or there is no quorum.
      - alert: DanubeEtcdLeaderChanges
        expr: max(increase(etcd_server_leader_changes_seen_total{ {{- $members -}} }[1h])) > 4
        for: 5m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-etcd
        annotations:
          summary: The leader of etcd changed {{ "{{ $value | humanize }}" }} times within an hour.
          description: Its disk or the network is too slow, or the members get too little CPU.
      - alert: DanubeEtcdProposalsFail
        expr: sum(increase(etcd_server_proposals_failed_total{ {{- $members -}} }[15m])) > 5
        for: 5m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-etcd
        annotations:
          summary: etcd dropped {{ "{{ $value | humanize }}" }} writes within 15 minutes.
          description: They failed for an election or a lost quorum.
      - alert: DanubeEtcdHealthChecksFail
        expr: sum by (pod) (increase(etcd_server_health_failures{ {{- $members -}} }[10m])) > 3
        for: 5m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-etcd
        annotations:
          summary: etcd member {{ "{{ $labels.pod }}" }} fails its health checks.
          description: It has no leader, or an alarm such as CORRUPT. Ask etcdctl alarm list.
      - alert: DanubeEtcdAlmostFull
        expr: etcd_mvcc_db_total_size_in_bytes{ {{- $members -}} } / etcd_server_quota_backend_bytes{ {{- $members -}} } > 0.8
        for: 10m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-etcd
        annotations:
          summary: The database of {{ "{{ $labels.pod }}" }} fills {{ "{{ $value | humanizePercentage }}" }} of its quota.
          description: |-
            At the quota etcd refuses writes, and Danube with it. Defragment it, or raise
            etcd.quotaBackendBytes within the size of the volume.
      - alert: DanubeEtcdFragmented
        expr: etcd_mvcc_db_total_size_in_bytes{ {{- $members -}} } - etcd_mvcc_db_total_size_in_use_in_bytes{ {{- $members -}} } > 268435456
        for: 1h
        labels:
          severity: info
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-etcd
        annotations:
          summary: "{{ "{{ $value | humanize1024 }}" }}B of the database of {{ "{{ $labels.pod }}" }} are unused."
          description: Old revisions are compacted, but the file shrinks by etcdctl defrag only.
      - alert: DanubeEtcdLogSlow
        expr: histogram_quantile(0.99, rate(etcd_disk_wal_fsync_duration_seconds_bucket{ {{- $members -}} }[5m])) > 0.5
        for: 10m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-etcd
        annotations:
          summary: The log of {{ "{{ $labels.pod }}" }} takes {{ "{{ $value | humanizeDuration }}" }} to write.
          description: "The leases of brokers depend on it: a slow disk makes them drop out."
      - alert: DanubeEtcdCommitsSlow
        expr: histogram_quantile(0.99, rate(etcd_disk_backend_commit_duration_seconds_bucket{ {{- $members -}} }[5m])) > 0.25
        for: 10m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-etcd
        annotations:
          summary: Commits of {{ "{{ $labels.pod }}" }} take {{ "{{ $value | humanizeDuration }}" }}.
          description: The database file is on a slow disk, or defragmented or compacted just now.
      - alert: DanubeEtcdPeersSlow
        expr: histogram_quantile(0.99, rate(etcd_network_peer_round_trip_time_seconds_bucket{ {{- $members -}} }[5m])) > 0.15
        for: 10m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | quote }}
          job: {{ $name }}-etcd
        annotations:
          summary: Other members are {{ "{{ $value | humanizeDuration }}" }} away from {{ "{{ $labels.pod }}" }}.
          description: Elections begin after a second without a heartbeat. Are the zones too far apart?
  {{- end }}
{{- end }}
