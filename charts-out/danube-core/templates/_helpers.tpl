{{/*
A prefix for names that is valid for every kind: long or unusual release names
are cut and end in a checksum, so that they stay unique.
*/}}
{{- define "danube-core.prefix" -}}
{{- if and (le (len .name) 36) (regexMatch "^[a-z][a-z0-9-]*$" .name) }}
{{- .name }}
{{- else if regexMatch "^[a-z]" .name }}
{{- printf "%s-%s" (.name | replace "." "-" | trunc 26 | trimSuffix "-") (.name | sha256sum | trunc 8) }}
{{- else }}
{{- printf "r%s-%s" (.name | replace "." "-" | trunc 26 | trimSuffix "-") (.name | sha256sum | trunc 8) }}
{{- end }}
{{- end }}

{{/*
What the names of all objects start with.
*/}}
{{- define "danube-core.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "danube-core.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "danube-core.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "danube-core.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "danube-core.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "danube-core.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "danube-core.selectorLabels" . | nindent 0 }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
app.kubernetes.io/part-of: danube
{{- with omit .Values.commonLabels "helm.sh/chart" "app.kubernetes.io/name" "app.kubernetes.io/instance"
    "app.kubernetes.io/version" "app.kubernetes.io/managed-by" "app.kubernetes.io/part-of"
    "app.kubernetes.io/component" }}
{{- toYaml . | nindent 0 }}
{{- end }}
{{- end }}

{{/*
An image without tag, from the mirror registry if there is one.
*/}}
{{- define "danube-core.repository" -}}
{{- if .registry }}
{{- printf "%s/%s" .registry (regexReplaceAll "^([^/]*[.:][^/]*|localhost)/" .image.repository "") }}
{{- else }}
{{- .image.repository }}
{{- end }}
{{- end }}

{{/*
The reference of an image: by its digest if it has one, else by its tag.
*/}}
{{- define "danube-core.image" -}}
{{- if .image.digest }}
{{- printf "%s@%s" (include "danube-core.repository" (dict "image" .image "registry" .registry)) .image.digest }}
{{- else }}
{{- printf "%s:%s" (include "danube-core.repository" (dict "image" .image "registry" .registry)) .image.tag }}
{{- end }}
{{- end }}

{{/*
The service account of a component: one that is made, or one by name.
*/}}
{{- define "danube-core.serviceAccountName" -}}
{{- if .serviceAccount.create }}
{{- .serviceAccount.name | default .made }}
{{- else }}
{{- .serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{/*
What is wrong with objectLabels: is set for every object already.
*/}}
{{- define "danube-core.repeatedLabels" -}}
{{- range $key, $value := .Values.objectLabels }}
{{- range $key2, $value2 := $value }}
{{- if or (has $key2 (list "helm.sh/chart" "app.kubernetes.io/name" "app.kubernetes.io/instance"
    "app.kubernetes.io/version" "app.kubernetes.io/managed-by" "app.kubernetes.io/part-of"
    "app.kubernetes.io/component")) (hasKey $.Values.commonLabels $key2) }}
{{ $key }}.{{ $key2 }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with broker.extraEnv: is set already, by the chart or its env, and cannot be there twice.
*/}}
{{- define "danube-core.broker.repeatedVariables" -}}
{{- range $envItem := .Values.broker.extraEnv }}
{{- if hasKey $.Values.broker.env $envItem.name }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with etcd.extraEnv: is set already, by the chart or its env, and cannot be there twice.
*/}}
{{- define "danube-core.etcd.repeatedVariables" -}}
{{- range $envItem := .Values.etcd.extraEnv }}
{{- if hasKey $.Values.etcd.env $envItem.name }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with prometheus.extraEnv: is set already, by the chart or its env, and cannot be there twice.
*/}}
{{- define "danube-core.prometheus.repeatedVariables" -}}
{{- range $envItem := .Values.prometheus.extraEnv }}
{{- if hasKey $.Values.prometheus.env $envItem.name }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The DNS domain of the etcd members: <pod name>.<this>.
*/}}
{{- define "danube-core.etcdMembersDomain" -}}
{{- printf "%s-etcd-headless.%s.svc.%s" (include "danube-core.fullname" .) .Release.Namespace
    (.Values.etcd.cluster.domain | default .Values.clusterDomain) }}
{{- end }}

{{/*
The members and their addresses: name=url,name=url.
*/}}
{{- define "danube-core.etcdInitialCluster" -}}
{{- $fullname := include "danube-core.fullname" . -}}
{{- range $ordinal := until (int .Values.etcd.replicaCount) }}
{{- if $ordinal }},{{ end }}
{{- printf "%s-etcd-%d=%s://%s-etcd-%d.%s:%d" $fullname (int $ordinal)
    (ternary "https" "http" (ne $.Values.etcd.peerTLS.mode "off")) $fullname (int $ordinal)
    (include "danube-core.etcdMembersDomain" $)
    (ternary (int $.Values.etcd.peerTLS.port) (int $.Values.etcd.service.peerPort)
    (ne $.Values.etcd.peerTLS.mode "off")) }}
{{- end }}
{{- end }}

{{/*
The address that programs listen on.
*/}}
{{- define "danube-core.anyAddress" -}}
{{- if has "IPv6" .Values.ipFamilies }}
{{- "[::]" }}
{{- else }}
{{- "0.0.0.0" }}
{{- end }}
{{- end }}

{{/*
Where the brokers find etcd: the one of this release or an external one.
*/}}
{{- define "danube-core.etcdHost" -}}
{{- if .Values.etcd.enabled }}
{{- printf "%s-etcd.%s.svc.%s" (include "danube-core.fullname" .) .Release.Namespace .Values.clusterDomain }}
{{- else }}
{{- .Values.etcd.external.host }}
{{- end }}
{{- end }}

{{/*
The address of a broker that clients are sent to, with placeholders.
*/}}
{{- define "danube-core.advertisedAddrTemplate" -}}
{{- if .Values.broker.externalAccess.advertisedAddrTemplate }}
{{- .Values.broker.externalAccess.advertisedAddrTemplate }}
{{- else if eq .Values.broker.externalAccess.type "NodePort" }}
{{- "{nodeIP}:{nodePort}" }}
{{- else if eq .Values.broker.externalAccess.type "LoadBalancer" }}
{{- "{loadBalancer}:{port}" }}
{{- else }}
{{- "{podName}.{headlessService}.{namespace}.svc.{clusterDomain}:{port}" }}
{{- end }}
{{- end }}

{{/*
The same with all that the brokers have in common.
*/}}
{{- define "danube-core.advertisedAddress" -}}
{{- include "danube-core.advertisedAddrTemplate" . | replace "{headlessService}"
    (printf "%s-danube-broker-headless" (include "danube-core.fullname" .)) | replace "{namespace}" .Release.Namespace |
    replace "{clusterDomain}" .Values.clusterDomain | replace "{port}" (.Values.broker.ports.client | int | toString) }}
{{- end }}

{{/*
The address of one broker, as its pod computes it.
*/}}
{{- define "danube-core.advertisedAddressOf" -}}
{{- .pattern | replace "{nodePort}" (add (int .nodePortBase) (int .ordinal) | toString) | replace "{ordinal}"
    (.ordinal | int | toString) | replace "{podName}" (printf "%s-%d" .brokers (int .ordinal)) }}
{{- end }}

{{/*
The host in that address.
*/}}
{{- define "danube-core.advertisedHostOf" -}}
{{- regexReplaceAll ":[^:]*$" (include "danube-core.advertisedAddressOf"
    (dict "pattern" .pattern "brokers" .brokers "ordinal" .ordinal "nodePortBase" .nodePortBase)) "" }}
{{- end }}

{{/*
Not empty where a script has to compute the address that a broker advertises.
*/}}
{{- define "danube-core.needsStartScript" -}}
{{- if regexMatch "\\{(ordinal|nodePort|nodeIP|nodeName|loadBalancer)\\}"
    (include "danube-core.advertisedAddrTemplate" .) }}
{{- "true" }}
{{- else }}
{{- "" }}
{{- end }}
{{- end }}

{{/*
danube_broker.yml
*/}}
{{- define "danube-core.brokerConfig" -}}
cluster_name: {{ .Values.global.clusterName | toJson }}
broker:
  host: {{ include "danube-core.anyAddress" . | toJson }}
  ports:
    client: {{ .Values.broker.ports.client | int }}
    admin: {{ .Values.broker.ports.admin | int }}
    prometheus: {{ .Values.broker.ports.prometheus | int }}
meta_store:
  host: {{ include "danube-core.etcdHost" . | toJson }}
  port: {{ ternary (int .Values.etcd.service.port) (int .Values.etcd.external.port) .Values.etcd.enabled }}
bootstrap_namespaces: {{ .Values.broker.config.bootstrapNamespaces | toJson }}
auto_create_topics: {{ .Values.broker.config.autoCreateTopics }}
auth:
  mode: {{ .Values.broker.config.auth.mode }}
  {{- if eq .Values.broker.config.auth.mode "tls" }}
  tls:
    cert_file: /etc/danube/tls/tls.crt
    key_file: /etc/danube/tls/tls.key
    ca_file: /etc/danube/tls/ca.crt
    verify_client: false
  {{- end }}
policies:
  max_producers_per_topic: {{ .Values.broker.config.policies.maxProducersPerTopic | int }}
  max_subscriptions_per_topic: {{ .Values.broker.config.policies.maxSubscriptionsPerTopic | int }}
  max_consumers_per_topic: {{ .Values.broker.config.policies.maxConsumersPerTopic | int }}
  max_consumers_per_subscription: {{ .Values.broker.config.policies.maxConsumersPerSubscription | int }}
  max_publish_rate: {{ .Values.broker.config.policies.maxPublishRate | int }}
  max_subscription_dispatch_rate: {{ .Values.broker.config.policies.maxSubscriptionDispatchRate | int }}
  max_message_size: {{ .Values.broker.config.policies.maxMessageSize | int }}
load_manager:
  assignment_strategy: {{ .Values.broker.config.assignmentStrategy }}
  load_report_interval_seconds: {{ .Values.broker.config.loadReportIntervalSeconds | int }}
  rebalancing:
    enabled: {{ .Values.broker.config.rebalancing.enabled }}
    aggressiveness: {{ .Values.broker.config.rebalancing.aggressiveness }}
    check_interval_seconds: {{ .Values.broker.config.rebalancing.checkIntervalSeconds | int }}
    max_moves_per_hour: {{ .Values.broker.config.rebalancing.maxMovesPerHour | int }}
    cooldown_seconds: {{ .Values.broker.config.rebalancing.cooldownSeconds | int }}
    min_brokers_for_rebalance: {{ .Values.broker.config.rebalancing.minBrokersForRebalance | int }}
    min_topic_age_seconds: {{ .Values.broker.config.rebalancing.minTopicAgeSeconds | int }}
    blacklist_topics: {{ .Values.broker.config.rebalancing.blacklistTopics | toJson }}
wal_cloud:
  wal:
    dir: {{ .Values.broker.config.storage.walDir | toJson }}
    file_name: {{ .Values.broker.config.storage.walFileName | toJson }}
    cache_capacity: {{ .Values.broker.config.storage.walCacheCapacity | int }}
    file_sync:
      interval_ms: {{ .Values.broker.config.storage.walFileSync.intervalMs | int }}
      max_batch_bytes: {{ .Values.broker.config.storage.walFileSync.maxBatchBytes | int }}
    rotation:
      max_bytes: {{ .Values.broker.config.storage.walRotation.maxBytes | int }}
      {{- if not (kindIs "invalid" .Values.broker.config.storage.walRotation.maxHours) }}
      max_hours: {{ .Values.broker.config.storage.walRotation.maxHours | int }}
      {{- end }}
    retention:
      time_minutes: {{ .Values.broker.config.storage.walRetention.timeMinutes | int }}
      size_mb: {{ .Values.broker.config.storage.walRetention.sizeMb | int }}
      check_interval_minutes: {{ .Values.broker.config.storage.walRetention.checkIntervalMinutes | int }}
  uploader:
    enabled: {{ .Values.broker.config.storage.uploaderEnabled }}
    interval_seconds: {{ .Values.broker.config.storage.uploader.intervalSeconds | int }}
    root_prefix: {{ .Values.broker.config.storage.uploader.rootPrefix | toJson }}
    {{- if not (kindIs "invalid" .Values.broker.config.storage.uploader.maxObjectMb) }}
    max_object_mb: {{ .Values.broker.config.storage.uploader.maxObjectMb | int }}
    {{- end }}
  cloud:
    backend: {{ .Values.broker.config.storage.cloudBackend }}
    root: {{ .Values.broker.config.storage.cloudRoot | toJson }}
    {{- if eq .Values.broker.config.storage.cloudBackend "s3" }}
    region: {{ .Values.broker.config.storage.s3.region | toJson }}
    {{- end }}
    {{- if eq .Values.broker.config.storage.cloudBackend "azblob" }}
    endpoint: {{ .Values.broker.config.storage.azblob.endpoint | toJson }}
    {{- else if and (eq .Values.broker.config.storage.cloudBackend "s3") .Values.broker.config.storage.s3.endpoint }}
    endpoint: {{ .Values.broker.config.storage.s3.endpoint | toJson }}
    {{- end }}
    {{- if and (eq .Values.broker.config.storage.cloudBackend "s3")
        (not (kindIs "invalid" .Values.broker.config.storage.s3.virtualHostStyle)) }}
    virtual_host_style: {{ .Values.broker.config.storage.s3.virtualHostStyle }}
    {{- end }}
    {{- if and (eq .Values.broker.config.storage.cloudBackend "azblob")
        .Values.broker.config.storage.azblob.accountName }}
    account_name: {{ .Values.broker.config.storage.azblob.accountName | toJson }}
    {{- end }}
  metadata:
    etcd_endpoint: "{{ include "danube-core.etcdHost" . }}:{{ ternary (int .Values.etcd.service.port)
        (int .Values.etcd.external.port) .Values.etcd.enabled }}"
    in_memory: false
{{- end }}

{{/*
The Secret with the certificate of the brokers.
*/}}
{{- define "danube-core.brokerTlsSecret" -}}
{{- .Values.broker.tls.secretName | default (printf "%s-danube-broker-tls" (include "danube-core.fullname" .)) }}
{{- end }}

{{/*
PromQL matchers of the series of the brokers.
*/}}
{{- define "danube-core.brokerSeries" -}}
{{- printf "namespace='%s',job='%s-danube-broker'" .Release.Namespace (include "danube-core.fullname" .) }}
{{- end }}

{{/*
PromQL matchers of the series of etcd.
*/}}
{{- define "danube-core.etcdSeries" -}}
{{- printf "namespace='%s',job='%s-etcd'" .Release.Namespace (include "danube-core.fullname" .) }}
{{- end }}

{{/*
alerts.yml, and the spec of the PrometheusRule
*/}}
{{- define "danube-core.alerts" -}}
{{- $fullname := include "danube-core.fullname" . -}}
{{- $brokerSeries := include "danube-core.brokerSeries" . -}}
{{- $etcdSeries := include "danube-core.etcdSeries" . -}}
groups:
  - name: danube-broker
    rules:
      - alert: DanubeBrokerDown
        expr: {{ printf "up{%s} == 0" $brokerSeries | toJson }}
        for: 2m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | toJson }}
          job: {{ $fullname }}-danube-broker
        annotations:
          summary: Broker {{ `{{ $labels.pod }}` }} does not answer.
          description: |-
            Its topics move to other brokers 32 seconds after it stopped. See the events and the
            previous log of the pod: without etcd a broker exits with 101.
      - alert: DanubeBrokersMissing
        expr: {{ printf "absent(up{%s})" $brokerSeries | toJson }}
        for: 5m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | toJson }}
          job: {{ $fullname }}-danube-broker
        annotations:
          summary: Prometheus finds no broker at all.
          description: |-
            The StatefulSet has no pods, or discovery does not work: look at /targets, at the Role
            of Prometheus and at the NetworkPolicies.
      - alert: DanubeBrokerRestarts
        expr: {{ printf "count by (pod) (last_over_time(danube_broker_topics_owned{%s}[1h])) > 3" $brokerSeries |
            toJson }}
        for: 0m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | toJson }}
          job: {{ $fullname }}-danube-broker
        annotations:
          summary: Broker {{ `{{ $labels.pod }}` }} started more than 3 times within an hour.
          description: |-
            Each start has a new broker id, which is counted here. See the previous log of the pod
            and whether it was killed for its memory or by its liveness probe.
      - alert: DanubeNoLeader
        expr: {{ printf "sum(danube_leader_election_state{%s}) == 0" $brokerSeries | toJson }}
        for: 2m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | toJson }}
          job: {{ $fullname }}-danube-broker
        annotations:
          summary: No broker is the leader.
          description: |-
            New topics and those of stopped brokers are assigned to nobody. Brokers elect a leader
            through etcd: look at etcd first, then restart the brokers one by one.
      - alert: DanubeManyLeaders
        expr: {{ printf "sum(danube_leader_election_state{%s}) > 1" $brokerSeries | toJson }}
        for: 2m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | toJson }}
          job: {{ $fullname }}-danube-broker
        annotations:
          summary: "{{ `{{ $value }}` }} brokers say that they are the leader."
          description: |-
            Topics may be assigned twice. A broker that lost etcd keeps saying that it leads:
            restart the brokers whose danube_leader_election_state is 1, one after the other.
      - alert: DanubeBrokerWithoutTopics
        expr: {{ printf "danube_broker_topics_owned{%s} == 0 and on () sum(danube_broker_topics_owned{%s}) >= 10"
            $brokerSeries $brokerSeries | toJson }}
        for: 1h
        labels:
          severity: info
          namespace: {{ .Release.Namespace | toJson }}
          job: {{ $fullname }}-danube-broker
        annotations:
          summary: Broker {{ `{{ $labels.pod }}` }} serves no topic while others do.
          description: |-
            It restarted and no topic was created since, or it was drained, or it is not registered
            in etcd. Compare with danube-admin brokers list.
      - alert: DanubeMessagesRefused
        expr: {{ printf "sum by (pod) (rate(danube_producer_send_total{%s,result='error'}[5m])) > 0.1" $brokerSeries |
            toJson }}
        for: 5m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | toJson }}
          job: {{ $fullname }}-danube-broker
        annotations:
          summary: Broker {{ `{{ $labels.pod }}` }} refuses {{ `{{ $value | humanize }}` }} messages a second.
          description: |-
            InvalidArgument is a message above maxMessageSize; PermissionDenied anything else, such
            as a rate limit, a schema that does not fit or a log that cannot be written.
      - alert: DanubeAcknowledgementsFail
        expr: {{ printf "sum by (pod) (rate(danube_broker_rpc_total{%s,method='ack',result='error'}[5m])) > 0.1"
            $brokerSeries | toJson }}
        for: 5m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | toJson }}
          job: {{ $fullname }}-danube-broker
        annotations:
          summary: Broker {{ `{{ $labels.pod }}` }} cannot store acknowledgements.
          description: |-
            Consumers get the same messages again after a restart. Cursors are in etcd: is it
            healthy and not full?
      - alert: DanubeStreamsFail
        expr: {{ printf "sum by (pod) (rate(danube_broker_rpc_total{%s,method='receive_messages',result='error'}[5m])) > 0.1"
            $brokerSeries | toJson }}
        for: 10m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | toJson }}
          job: {{ $fullname }}-danube-broker
        annotations:
          summary: Consumers cannot open streams at broker {{ `{{ $labels.pod }}` }}.
          description: They ask for a subscription that this broker does not have. See its log.
      - alert: DanubeClientsRedirectedForEver
        expr: {{ printf "sum(rate(danube_client_redirects_total{%s}[10m])) > 1" $brokerSeries | toJson }}
        for: 15m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | toJson }}
          job: {{ $fullname }}-danube-broker
        annotations:
          summary: Clients are sent on {{ `{{ $value | humanize }}` }} times a second.
          description: |-
            A client is sent on once when it connects. All the time means that it reaches another
            broker than it was sent to: do clients resolve and reach the advertised address of each
            broker?
      - alert: DanubeSendsSlow
        expr: {{ printf "max by (pod, topic) (danube_producer_send_latency_ms{%s,quantile='0.99'}) > 1000"
            $brokerSeries | toJson }}
        for: 10m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | toJson }}
          job: {{ $fullname }}-danube-broker
        annotations:
          summary: Sends to {{ `{{ $labels.topic }}` }} take {{ `{{ $value | humanize }}` }} ms (99th percentile).
          description: See the CPU limit of broker {{ `{{ $labels.pod }}` }} and the latency of its volume.
      - alert: DanubeLogWritesSlow
        expr: {{ printf "max by (pod) (danube_wal_flush_latency_ms{%s,quantile='0.99'}) > 500" $brokerSeries | toJson }}
        for: 10m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | toJson }}
          job: {{ $fullname }}-danube-broker
        annotations:
          summary: The log of broker {{ `{{ $labels.pod }}` }} takes {{ `{{ $value | humanize }}` }} ms to write.
          description: What is not written is lost with the pod. The volume is too slow or full.
      - alert: DanubeSubscriptionLags
        expr: {{ printf "max by (pod, subscription) (danube_subscription_lag_messages{%s}) > 10000" $brokerSeries |
            toJson }}
        for: 15m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | toJson }}
          job: {{ $fullname }}-danube-broker
        annotations:
          summary: "{{ `{{ $labels.subscription }}` }} is {{ `{{ $value | humanize }}` }} messages behind."
          description: |-
            Consumers are slower than producers. The log keeps messages for walRetention only; then
            they come from the cloud storage.
      - alert: DanubeSubscriptionStuck
        expr: {{ printf "danube_subscription_lag_messages{%s} > 0 unless on (subscription) rate(danube_consumer_bytes_out_total{%s}[15m]) > 0"
            $brokerSeries $brokerSeries | toJson }}
        for: 15m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | toJson }}
          job: {{ $fullname }}-danube-broker
        annotations:
          summary: "{{ `{{ $labels.subscription }}` }} has {{ `{{ $value }}` }} messages and gets none."
          description: |-
            Its consumer is gone, or it does not acknowledge what it got: a broker sends the next
            message of an exclusive subscription after that only.
      - alert: DanubeSchemaViolations
        expr: {{ printf "sum by (topic) (rate(danube_schema_validation_failures_total{%s}[10m])) > 0" $brokerSeries |
            toJson }}
        for: 10m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | toJson }}
          job: {{ $fullname }}-danube-broker
        annotations:
          summary: Messages to {{ `{{ $labels.topic }}` }} do not fit its schema.
          description: With the policy Enforce they are refused, with Warn they are let through.
      - alert: DanubeUploadsFail
        expr: {{ printf "sum by (pod) (increase(danube_cloud_upload_objects_total{%s,result='error'}[30m])) > 0"
            $brokerSeries | toJson }}
        for: 5m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | toJson }}
          job: {{ $fullname }}-danube-broker
        annotations:
          summary: Broker {{ `{{ $labels.pod }}` }} cannot upload the history of topics.
          description: |-
            A topic that moves loses what is not uploaded. Look at the credentials and the address
            of the object store, or at the space of the volume of cloudBackend fs.
      - alert: DanubeUploadsStopped
        expr: {{ printf "rate(danube_wal_append_total{%s}[1h]) > 0 unless on (topic) rate(danube_cloud_upload_bytes_total{%s}[1h]) > 0"
            $brokerSeries $brokerSeries | toJson }}
        for: 30m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | toJson }}
          job: {{ $fullname }}-danube-broker
        annotations:
          summary: "{{ `{{ $labels.topic }}` }} gets messages, and nothing of it is uploaded."
          description: |-
            The uploader of this topic ended without an error. Restart broker {{ `{{ $labels.pod }}` }};
            with an uploader.intervalSeconds of more than 30 minutes this alert says nothing.
      - alert: DanubeHistoryDamaged
        expr: {{ printf "sum by (pod, reason) (increase(danube_cloud_reader_errors_total{%s}[1h])) > 0" $brokerSeries |
            toJson }}
        for: 0m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | toJson }}
          job: {{ $fullname }}-danube-broker
        annotations:
          summary: Uploaded history cannot be read ({{ `{{ $labels.reason }}` }}).
          description: |-
            Objects in the cloud storage are damaged or were changed, and consumers that need them
            stop there. The log of broker {{ `{{ $labels.pod }}` }} names the topic.
      - alert: DanubeRebalancingFails
        expr: {{ printf "sum(increase(danube_rebalancing_failures_total{%s}[1h])) > 3" $brokerSeries | toJson }}
        for: 0m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | toJson }}
          job: {{ $fullname }}-danube-broker
        annotations:
          summary: The leader cannot move topics.
          description: See the log of the leader. Rebalancing is off by default, and best left off.
  {{- if .Values.etcd.enabled }}
  - name: danube-etcd
    rules:
      - alert: DanubeBrokersDeaf
        expr: {{ printf "sum(etcd_debugging_mvcc_watcher_total{%s}) < 9 * sum(up{%s})" $etcdSeries $brokerSeries |
            toJson }}
        for: 3m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | toJson }}
          job: "{{ $fullname }}-etcd"
        annotations:
          summary: Brokers lost etcd and do not come back by themselves.
          description: |-
            After an outage of etcd a broker runs on, but is not registered and takes no topics.
            Restart the brokers: kubectl rollout restart of their StatefulSet.
      - alert: DanubeEtcdMemberDown
        expr: {{ printf "up{%s} == 0" $etcdSeries | toJson }}
        for: 2m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | toJson }}
          job: "{{ $fullname }}-etcd"
        annotations:
          summary: etcd member {{ `{{ $labels.pod }}` }} does not answer.
          description: Three members survive the loss of one, five of two; one survives nothing.
      - alert: DanubeEtcdQuorumLost
        expr: {{ printf "2 * sum(up{%s}) <= count(up{%s})" $etcdSeries $etcdSeries | toJson }}
        for: 1m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | toJson }}
          job: "{{ $fullname }}-etcd"
        annotations:
          summary: Half of the etcd members or more do not answer.
          description: |-
            Nothing can be written: no broker can start, and running ones drop out after 32 seconds.
            Bring the members back, then restart the brokers.
      - alert: DanubeEtcdNoLeader
        expr: {{ printf "etcd_server_has_leader{%s} == 0" $etcdSeries | toJson }}
        for: 1m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | toJson }}
          job: "{{ $fullname }}-etcd"
        annotations:
          summary: etcd member {{ `{{ $labels.pod }}` }} knows no leader.
          description: It is cut off from the others, or there is no quorum.
      - alert: DanubeEtcdLeaderChanges
        expr: {{ printf "max(increase(etcd_server_leader_changes_seen_total{%s}[1h])) > 4" $etcdSeries | toJson }}
        for: 5m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | toJson }}
          job: "{{ $fullname }}-etcd"
        annotations:
          summary: The leader of etcd changed {{ `{{ $value | humanize }}` }} times within an hour.
          description: Its disk or the network is too slow, or the members get too little CPU.
      - alert: DanubeEtcdProposalsFail
        expr: {{ printf "sum(increase(etcd_server_proposals_failed_total{%s}[15m])) > 5" $etcdSeries | toJson }}
        for: 5m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | toJson }}
          job: "{{ $fullname }}-etcd"
        annotations:
          summary: etcd dropped {{ `{{ $value | humanize }}` }} writes within 15 minutes.
          description: They failed for an election or a lost quorum.
      - alert: DanubeEtcdHealthChecksFail
        expr: {{ printf "sum by (pod) (increase(etcd_server_health_failures{%s}[10m])) > 3" $etcdSeries | toJson }}
        for: 5m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | toJson }}
          job: "{{ $fullname }}-etcd"
        annotations:
          summary: etcd member {{ `{{ $labels.pod }}` }} fails its health checks.
          description: It has no leader, or an alarm such as CORRUPT. Ask etcdctl alarm list.
      - alert: DanubeEtcdAlmostFull
        expr: {{ printf "etcd_mvcc_db_total_size_in_bytes{%s} / etcd_server_quota_backend_bytes{%s} > 0.8" $etcdSeries
            $etcdSeries | toJson }}
        for: 10m
        labels:
          severity: critical
          namespace: {{ .Release.Namespace | toJson }}
          job: "{{ $fullname }}-etcd"
        annotations:
          summary: The database of {{ `{{ $labels.pod }}` }} fills {{ `{{ $value | humanizePercentage }}` }} of its quota.
          description: |-
            At the quota etcd refuses writes, and Danube with it. Defragment it, or raise
            etcd.quotaBackendBytes within the size of the volume.
      - alert: DanubeEtcdFragmented
        expr: {{ printf "etcd_mvcc_db_total_size_in_bytes{%s} - etcd_mvcc_db_total_size_in_use_in_bytes{%s} > 268435456"
            $etcdSeries $etcdSeries | toJson }}
        for: 1h
        labels:
          severity: info
          namespace: {{ .Release.Namespace | toJson }}
          job: "{{ $fullname }}-etcd"
        annotations:
          summary: "{{ `{{ $value | humanize1024 }}` }}B of the database of {{ `{{ $labels.pod }}` }} are unused."
          description: Old revisions are compacted, but the file shrinks by etcdctl defrag only.
      - alert: DanubeEtcdLogSlow
        expr: {{ printf "histogram_quantile(0.99, rate(etcd_disk_wal_fsync_duration_seconds_bucket{%s}[5m])) > 0.5"
            $etcdSeries | toJson }}
        for: 10m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | toJson }}
          job: "{{ $fullname }}-etcd"
        annotations:
          summary: The log of {{ `{{ $labels.pod }}` }} takes {{ `{{ $value | humanizeDuration }}` }} to write.
          description: "The leases of brokers depend on it: a slow disk makes them drop out."
      - alert: DanubeEtcdCommitsSlow
        expr: {{ printf "histogram_quantile(0.99, rate(etcd_disk_backend_commit_duration_seconds_bucket{%s}[5m])) > 0.25"
            $etcdSeries | toJson }}
        for: 10m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | toJson }}
          job: "{{ $fullname }}-etcd"
        annotations:
          summary: Commits of {{ `{{ $labels.pod }}` }} take {{ `{{ $value | humanizeDuration }}` }}.
          description: The database file is on a slow disk, or defragmented or compacted just now.
      - alert: DanubeEtcdPeersSlow
        expr: {{ printf "histogram_quantile(0.99, rate(etcd_network_peer_round_trip_time_seconds_bucket{%s}[5m])) > 0.15"
            $etcdSeries | toJson }}
        for: 10m
        labels:
          severity: warning
          namespace: {{ .Release.Namespace | toJson }}
          job: "{{ $fullname }}-etcd"
        annotations:
          summary: Other members are {{ `{{ $value | humanizeDuration }}` }} away from {{ `{{ $labels.pod }}` }}.
          description: Elections begin after a second without a heartbeat. Are the zones too far apart?
  {{- end }}
{{- end }}

{{/*
prometheus.yml
*/}}
{{- define "danube-core.prometheusConfig" -}}
{{- $fullname := include "danube-core.fullname" . -}}
global:
  scrape_interval: {{ .Values.prometheus.scrapeInterval | toJson }}
  evaluation_interval: {{ .Values.prometheus.scrapeInterval | toJson }}
{{- if .Values.prometheus.rules.enabled }}
rule_files:
  - alerts.yml
{{- end }}
scrape_configs:
  - job_name: prometheus
    static_configs:
      - targets:
          - localhost:9090
  - job_name: {{ $fullname }}-danube-broker
    kubernetes_sd_configs:
      - role: endpoints
        namespaces:
          names:
            - {{ .Release.Namespace | toJson }}
    relabel_configs:
      - source_labels:
          - __meta_kubernetes_service_name
          - __meta_kubernetes_endpoint_port_name
        regex: "{{ $fullname }}-danube-broker-headless;prometheus"
        action: keep
      - source_labels:
          - __meta_kubernetes_namespace
        target_label: namespace
      - source_labels:
          - __meta_kubernetes_pod_name
        target_label: pod
  {{- if .Values.etcd.enabled }}
  - job_name: "{{ $fullname }}-etcd"
    kubernetes_sd_configs:
      - role: endpoints
        namespaces:
          names:
            - {{ .Release.Namespace | toJson }}
    relabel_configs:
      - source_labels:
          - __meta_kubernetes_service_name
          - __meta_kubernetes_endpoint_port_name
        regex: "{{ $fullname }}-etcd-headless;metrics"
        action: keep
      - source_labels:
          - __meta_kubernetes_namespace
        target_label: namespace
      - source_labels:
          - __meta_kubernetes_pod_name
        target_label: pod
  {{- end }}
{{- end }}

{{/*
The milliseconds of a time of one number and one unit.
*/}}
{{- define "danube-core.milliseconds" -}}
{{- if hasSuffix "ms" .time }}
{{- regexReplaceAll "[a-z]+$" .time "" | int | toString }}
{{- else if hasSuffix "m" .time }}
{{- mul (regexReplaceAll "[a-z]+$" .time "" | int) 60000 | toString }}
{{- else if hasSuffix "h" .time }}
{{- mul (regexReplaceAll "[a-z]+$" .time "" | int) 3600000 | toString }}
{{- else if hasSuffix "d" .time }}
{{- mul (regexReplaceAll "[a-z]+$" .time "" | int) 86400000 | toString }}
{{- else }}
{{- mul (regexReplaceAll "[a-z]+$" .time "" | int) 1000 | toString }}
{{- end }}
{{- end }}

{{/*
Where helm test finds it.
*/}}
{{- define "danube-core.brokerUrl" -}}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "danube-core.fullname" .) .Release.Namespace
    .Values.clusterDomain (int .Values.broker.ports.client) }}
{{- end }}

{{/*
Where helm test finds it.
*/}}
{{- define "danube-core.etcdUrl" -}}
{{- printf "http://%s-etcd.%s.svc.%s:%d" (include "danube-core.fullname" .) .Release.Namespace .Values.clusterDomain
    (int .Values.etcd.service.port) }}
{{- end }}

{{/*
Where helm test finds it.
*/}}
{{- define "danube-core.prometheusUrl" -}}
{{- printf "http://%s-prometheus.%s.svc.%s:%d" (include "danube-core.fullname" .) .Release.Namespace
    .Values.clusterDomain (int .Values.prometheus.service.port) }}
{{- end }}
