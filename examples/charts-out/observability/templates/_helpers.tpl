{{/*
A prefix for names that is valid for every kind: long or unusual release names
are cut and end in a checksum, so that they stay unique.
*/}}
{{- define "observability.prefix" -}}
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
{{- define "observability.core.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "observability.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "observability.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "observability.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "observability.core.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "observability.core.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "observability.core.selectorLabels" . | nindent 0 }}
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
{{- define "observability.repository" -}}
{{- if .registry }}
{{- printf "%s/%s" .registry (regexReplaceAll "^([^/]*[.:][^/]*|localhost)/" .image.repository "") }}
{{- else }}
{{- .image.repository }}
{{- end }}
{{- end }}

{{/*
The reference of an image: by its digest if it has one, else by its tag.
*/}}
{{- define "observability.image" -}}
{{- if .image.digest }}
{{- printf "%s@%s" (include "observability.repository" (dict "image" .image "registry" .registry)) .image.digest }}
{{- else }}
{{- printf "%s:%s" (include "observability.repository" (dict "image" .image "registry" .registry)) .image.tag }}
{{- end }}
{{- end }}

{{/*
The service account of a component: one that is made, or one by name.
*/}}
{{- define "observability.serviceAccountName" -}}
{{- if .serviceAccount.create }}
{{- .serviceAccount.name | default .made }}
{{- else }}
{{- .serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{/*
What is wrong with objectLabels: is set for every object already.
*/}}
{{- define "observability.core.repeatedLabels" -}}
{{- range $key, $value := .Values.core.objectLabels }}
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
{{- define "observability.core.broker.repeatedVariables" -}}
{{- range $envItem := .Values.core.broker.extraEnv }}
{{- if hasKey $.Values.core.broker.env $envItem.name }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with etcd.extraEnv: is set already, by the chart or its env, and cannot be there twice.
*/}}
{{- define "observability.core.etcd.repeatedVariables" -}}
{{- range $envItem := .Values.core.etcd.extraEnv }}
{{- if hasKey $.Values.core.etcd.env $envItem.name }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with prometheus.extraEnv: is set already, by the chart or its env, and cannot be there twice.
*/}}
{{- define "observability.core.prometheus.repeatedVariables" -}}
{{- range $envItem := .Values.core.prometheus.extraEnv }}
{{- if hasKey $.Values.core.prometheus.env $envItem.name }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The DNS domain of the etcd members: <pod name>.<this>.
*/}}
{{- define "observability.core.etcdMembersDomain" -}}
{{- printf "%s-etcd-headless.%s.svc.%s" (include "observability.core.fullname" .) .Release.Namespace
    (.Values.core.etcd.cluster.domain | default .Values.clusterDomain) }}
{{- end }}

{{/*
The members and their addresses: name=url,name=url.
*/}}
{{- define "observability.core.etcdInitialCluster" -}}
{{- $fullname := include "observability.core.fullname" . -}}
{{- range $ordinal := until (int .Values.core.etcd.replicaCount) }}
{{- if $ordinal }},{{ end }}
{{- printf "%s-etcd-%d=%s://%s-etcd-%d.%s:%d" $fullname (int $ordinal)
    (ternary "https" "http" (ne $.Values.core.etcd.peerTLS.mode "off")) $fullname (int $ordinal)
    (include "observability.core.etcdMembersDomain" $)
    (ternary (int $.Values.core.etcd.peerTLS.port) (int $.Values.core.etcd.service.peerPort)
    (ne $.Values.core.etcd.peerTLS.mode "off")) }}
{{- end }}
{{- end }}

{{/*
The address that programs listen on.
*/}}
{{- define "observability.core.anyAddress" -}}
{{- if has "IPv6" .Values.core.ipFamilies }}
{{- "[::]" }}
{{- else }}
{{- "0.0.0.0" }}
{{- end }}
{{- end }}

{{/*
Where the brokers find etcd: the one of this release or an external one.
*/}}
{{- define "observability.core.etcdHost" -}}
{{- if .Values.core.etcd.enabled }}
{{- printf "%s-etcd.%s.svc.%s" (include "observability.core.fullname" .) .Release.Namespace .Values.clusterDomain }}
{{- else }}
{{- .Values.core.etcd.external.host }}
{{- end }}
{{- end }}

{{/*
The address of a broker that clients are sent to, with placeholders.
*/}}
{{- define "observability.core.advertisedAddrTemplate" -}}
{{- if .Values.core.broker.externalAccess.advertisedAddrTemplate }}
{{- .Values.core.broker.externalAccess.advertisedAddrTemplate }}
{{- else if eq .Values.core.broker.externalAccess.type "NodePort" }}
{{- "{nodeIP}:{nodePort}" }}
{{- else if eq .Values.core.broker.externalAccess.type "LoadBalancer" }}
{{- "{loadBalancer}:{port}" }}
{{- else }}
{{- "{podName}.{headlessService}.{namespace}.svc.{clusterDomain}:{port}" }}
{{- end }}
{{- end }}

{{/*
The same with all that the brokers have in common.
*/}}
{{- define "observability.core.advertisedAddress" -}}
{{- include "observability.core.advertisedAddrTemplate" . | replace "{headlessService}"
    (printf "%s-danube-broker-headless" (include "observability.core.fullname" .)) | replace "{namespace}"
    .Release.Namespace | replace "{clusterDomain}" .Values.clusterDomain | replace "{port}"
    (.Values.core.broker.ports.client | int | toString) }}
{{- end }}

{{/*
The address of one broker, as its pod computes it.
*/}}
{{- define "observability.advertisedAddressOf" -}}
{{- .pattern | replace "{nodePort}" (add (int .nodePortBase) (int .ordinal) | toString) | replace "{ordinal}"
    (.ordinal | int | toString) | replace "{podName}" (printf "%s-%d" .brokers (int .ordinal)) }}
{{- end }}

{{/*
The host in that address.
*/}}
{{- define "observability.advertisedHostOf" -}}
{{- regexReplaceAll ":[^:]*$" (include "observability.advertisedAddressOf"
    (dict "pattern" .pattern "brokers" .brokers "ordinal" .ordinal "nodePortBase" .nodePortBase)) "" }}
{{- end }}

{{/*
Not empty where a script has to compute the address that a broker advertises.
*/}}
{{- define "observability.core.needsStartScript" -}}
{{- if regexMatch "\\{(ordinal|nodePort|nodeIP|nodeName|loadBalancer)\\}"
    (include "observability.core.advertisedAddrTemplate" .) }}
{{- "true" }}
{{- else }}
{{- "" }}
{{- end }}
{{- end }}

{{/*
danube_broker.yml
*/}}
{{- define "observability.core.brokerConfig" -}}
cluster_name: {{ .Values.global.clusterName | toJson }}
broker:
  host: {{ include "observability.core.anyAddress" . | toJson }}
  ports:
    client: {{ .Values.core.broker.ports.client | int }}
    admin: {{ .Values.core.broker.ports.admin | int }}
    prometheus: {{ .Values.core.broker.ports.prometheus | int }}
meta_store:
  host: {{ include "observability.core.etcdHost" . | toJson }}
  port: {{ ternary (int .Values.core.etcd.service.port) (int .Values.core.etcd.external.port)
      .Values.core.etcd.enabled }}
bootstrap_namespaces: {{ .Values.core.broker.config.bootstrapNamespaces | toJson }}
auto_create_topics: {{ .Values.core.broker.config.autoCreateTopics }}
auth:
  mode: {{ .Values.core.broker.config.auth.mode }}
  {{- if eq .Values.core.broker.config.auth.mode "tls" }}
  tls:
    cert_file: /etc/danube/tls/tls.crt
    key_file: /etc/danube/tls/tls.key
    ca_file: /etc/danube/tls/ca.crt
    verify_client: false
  {{- end }}
policies:
  max_producers_per_topic: {{ .Values.core.broker.config.policies.maxProducersPerTopic | int }}
  max_subscriptions_per_topic: {{ .Values.core.broker.config.policies.maxSubscriptionsPerTopic | int }}
  max_consumers_per_topic: {{ .Values.core.broker.config.policies.maxConsumersPerTopic | int }}
  max_consumers_per_subscription: {{ .Values.core.broker.config.policies.maxConsumersPerSubscription | int }}
  max_publish_rate: {{ .Values.core.broker.config.policies.maxPublishRate | int }}
  max_subscription_dispatch_rate: {{ .Values.core.broker.config.policies.maxSubscriptionDispatchRate | int }}
  max_message_size: {{ .Values.core.broker.config.policies.maxMessageSize | int }}
load_manager:
  assignment_strategy: {{ .Values.core.broker.config.assignmentStrategy }}
  load_report_interval_seconds: {{ .Values.core.broker.config.loadReportIntervalSeconds | int }}
  rebalancing:
    enabled: {{ .Values.core.broker.config.rebalancing.enabled }}
    aggressiveness: {{ .Values.core.broker.config.rebalancing.aggressiveness }}
    check_interval_seconds: {{ .Values.core.broker.config.rebalancing.checkIntervalSeconds | int }}
    max_moves_per_hour: {{ .Values.core.broker.config.rebalancing.maxMovesPerHour | int }}
    cooldown_seconds: {{ .Values.core.broker.config.rebalancing.cooldownSeconds | int }}
    min_brokers_for_rebalance: {{ .Values.core.broker.config.rebalancing.minBrokersForRebalance | int }}
    min_topic_age_seconds: {{ .Values.core.broker.config.rebalancing.minTopicAgeSeconds | int }}
    blacklist_topics: {{ .Values.core.broker.config.rebalancing.blacklistTopics | toJson }}
wal_cloud:
  wal:
    dir: {{ .Values.core.broker.config.storage.walDir | toJson }}
    file_name: {{ .Values.core.broker.config.storage.walFileName | toJson }}
    cache_capacity: {{ .Values.core.broker.config.storage.walCacheCapacity | int }}
    file_sync:
      interval_ms: {{ .Values.core.broker.config.storage.walFileSync.intervalMs | int }}
      max_batch_bytes: {{ .Values.core.broker.config.storage.walFileSync.maxBatchBytes | int }}
    rotation:
      max_bytes: {{ .Values.core.broker.config.storage.walRotation.maxBytes | int }}
      {{- if not (kindIs "invalid" .Values.core.broker.config.storage.walRotation.maxHours) }}
      max_hours: {{ .Values.core.broker.config.storage.walRotation.maxHours | int }}
      {{- end }}
    retention:
      time_minutes: {{ .Values.core.broker.config.storage.walRetention.timeMinutes | int }}
      size_mb: {{ .Values.core.broker.config.storage.walRetention.sizeMb | int }}
      check_interval_minutes: {{ .Values.core.broker.config.storage.walRetention.checkIntervalMinutes | int }}
  uploader:
    enabled: {{ .Values.core.broker.config.storage.uploaderEnabled }}
    interval_seconds: {{ .Values.core.broker.config.storage.uploader.intervalSeconds | int }}
    root_prefix: {{ .Values.core.broker.config.storage.uploader.rootPrefix | toJson }}
    {{- if not (kindIs "invalid" .Values.core.broker.config.storage.uploader.maxObjectMb) }}
    max_object_mb: {{ .Values.core.broker.config.storage.uploader.maxObjectMb | int }}
    {{- end }}
  cloud:
    backend: {{ .Values.core.broker.config.storage.cloudBackend }}
    root: {{ .Values.core.broker.config.storage.cloudRoot | toJson }}
    {{- if eq .Values.core.broker.config.storage.cloudBackend "s3" }}
    region: {{ .Values.core.broker.config.storage.s3.region | toJson }}
    {{- end }}
    {{- if eq .Values.core.broker.config.storage.cloudBackend "azblob" }}
    endpoint: {{ .Values.core.broker.config.storage.azblob.endpoint | toJson }}
    {{- else if and (eq .Values.core.broker.config.storage.cloudBackend "s3")
        .Values.core.broker.config.storage.s3.endpoint }}
    endpoint: {{ .Values.core.broker.config.storage.s3.endpoint | toJson }}
    {{- end }}
    {{- if and (eq .Values.core.broker.config.storage.cloudBackend "s3")
        (not (kindIs "invalid" .Values.core.broker.config.storage.s3.virtualHostStyle)) }}
    virtual_host_style: {{ .Values.core.broker.config.storage.s3.virtualHostStyle }}
    {{- end }}
    {{- if and (eq .Values.core.broker.config.storage.cloudBackend "azblob")
        .Values.core.broker.config.storage.azblob.accountName }}
    account_name: {{ .Values.core.broker.config.storage.azblob.accountName | toJson }}
    {{- end }}
  metadata:
    etcd_endpoint: "{{ include "observability.core.etcdHost" . }}:{{ ternary (int .Values.core.etcd.service.port)
        (int .Values.core.etcd.external.port) .Values.core.etcd.enabled }}"
    in_memory: false
{{- end }}

{{/*
The Secret with the certificate of the brokers.
*/}}
{{- define "observability.core.brokerTlsSecret" -}}
{{- .Values.core.broker.tls.secretName | default
    (printf "%s-danube-broker-tls" (include "observability.core.fullname" .)) }}
{{- end }}

{{/*
PromQL matchers of the series of the brokers.
*/}}
{{- define "observability.core.brokerSeries" -}}
{{- printf "namespace='%s',job='%s-danube-broker'" .Release.Namespace (include "observability.core.fullname" .) }}
{{- end }}

{{/*
PromQL matchers of the series of etcd.
*/}}
{{- define "observability.core.etcdSeries" -}}
{{- printf "namespace='%s',job='%s-etcd'" .Release.Namespace (include "observability.core.fullname" .) }}
{{- end }}

{{/*
alerts.yml, and the spec of the PrometheusRule
*/}}
{{- define "observability.core.alerts" -}}
{{- $fullname := include "observability.core.fullname" . -}}
{{- $brokerSeries := include "observability.core.brokerSeries" . -}}
{{- $etcdSeries := include "observability.core.etcdSeries" . -}}
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
  {{- if .Values.core.etcd.enabled }}
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
The milliseconds of a time of one number and one unit.
*/}}
{{- define "observability.milliseconds" -}}
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
{{- define "observability.core.brokerUrl" -}}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "observability.core.fullname" .) .Release.Namespace
    .Values.clusterDomain (int .Values.core.broker.ports.client) }}
{{- end }}

{{/*
Where helm test finds it.
*/}}
{{- define "observability.core.etcdUrl" -}}
{{- printf "http://%s-etcd.%s.svc.%s:%d" (include "observability.core.fullname" .) .Release.Namespace
    .Values.clusterDomain (int .Values.core.etcd.service.port) }}
{{- end }}

{{/*
What the names of all objects start with.
*/}}
{{- define "observability.topics.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "observability.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "observability.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "observability.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "observability.topics.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "observability.topics.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "observability.topics.selectorLabels" . | nindent 0 }}
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
What the names of the objects of danube-core start with.
*/}}
{{- define "observability.topics.corePrefix" -}}
{{- include "observability.prefix" (dict "name" (include "observability.core.fullname" . | default .Release.Name)) }}
{{- end }}

{{/*
The steps of the bootstrap Job, in their order.
*/}}
{{- define "observability.topics.plan" -}}
{{- range $namespace := .Values.topics.bootstrap.namespaces }}
namespace {{ $namespace }}
{{- end }}
{{- range $key, $value := .Values.topics.bootstrap.schemas }}
schema {{ $key }} {{ dig "type" "json_schema" $value }} {{ dig "compatibility" "backward" $value }}
{{- end }}
{{- range $key, $value := .Values.topics.bootstrap.topics }}
topic {{ $key }} {{ dig "partitions" 0 $value | int }} {{ dig "dispatchStrategy" "non_reliable" $value }}
{{- end }}
{{- range $key, $value := .Values.topics.bootstrap.topics }}
{{- if $value.schema }}
topic_schema {{ $key }} {{ ($value.schema).subject }} {{ dig "validationPolicy" "warn" $value.schema }} {{ ternary
    "payload" "no_payload" (dig "payloadValidation" false $value.schema) }}
{{- end }}
{{- end }}
{{- end }}

{{/*
All that the bootstrap Job is made of: a Job cannot change.
*/}}
{{- define "observability.topics.content" -}}
chart: {{ .Chart.Version | toJson }}
bootstrap: {{ .Values.topics.bootstrap | toJson }}
image: {{ include "observability.image" (dict "image" .Values.topics.bootstrap.image "registry"
    .Values.global.imageRegistry) | toJson }}
imagePullSecrets: {{ .Values.global.imagePullSecrets | toJson }}
labels:
  app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | toJson }}
  app.kubernetes.io/instance: {{ .Release.Name | toJson }}
  app.kubernetes.io/component: bootstrap-topics
  app.kubernetes.io/part-of: danube
  {{- range $key, $value := omit (merge (dict) .Values.topics.bootstrap.podLabels .Values.commonLabels) "helm.sh/chart"
      "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by"
      "app.kubernetes.io/part-of" "app.kubernetes.io/component" }}
  {{ $key | toJson }}: {{ $value | toJson }}
  {{- end }}
platformAssignedIds: {{ .Values.platformAssignedIds }}
adminUrl: "http://{{ include "observability.topics.corePrefix" . }}-danube-broker.{{ "" | default
    .Release.Namespace }}.svc.{{ .Values.clusterDomain }}:{{ .Values.core.broker.ports.admin | int }}"
brokerHosts: {{ include "observability.topics.corePrefix" . }}-danube-broker-headless.{{ "" | default
    .Release.Namespace }}.svc.{{ .Values.clusterDomain }}
{{- end }}

{{/*
The name of the bootstrap Job: other content is another Job.
*/}}
{{- define "observability.topics.jobName" -}}
{{- printf "%s-bootstrap-%s" (include "observability.prefix"
    (dict "name" (printf "%s-topics" (include "observability.topics.fullname" .))))
    (include "observability.topics.content" . | sha256sum | trunc 8) }}
{{- end }}

{{/*
What the names of all objects start with.
*/}}
{{- define "observability.north.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "observability.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "observability.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "observability.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "observability.north.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "observability.north.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "observability.north.selectorLabels" . | nindent 0 }}
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
Name of the Deployment of the connector.
*/}}
{{- define "observability.north.connectorName" -}}
{{- printf "%s-connector-north" (include "observability.north.fullname" .) }}
{{- end }}

{{/*
What the names of the objects of danube-core start with.
*/}}
{{- define "observability.north.corePrefix" -}}
{{- include "observability.prefix" (dict "name" (include "observability.core.fullname" . | default .Release.Name)) }}
{{- end }}

{{/*
The client port of the brokers.
*/}}
{{- define "observability.north.serviceUrl" -}}
{{- if .Values.north.connector.config.danube_service_url }}
{{- .Values.north.connector.config.danube_service_url }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "observability.north.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain (int .Values.core.broker.ports.client) }}
{{- end }}
{{- end }}

{{/*
The admin port of the brokers.
*/}}
{{- define "observability.north.adminUrl" -}}
{{- if .Values.north.connector.config.danube_service_url }}
{{- printf "%s:%d" (regexReplaceAll ":[0-9]+$" .Values.north.connector.config.danube_service_url "")
    (int .Values.core.broker.ports.admin) }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "observability.north.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain (int .Values.core.broker.ports.admin) }}
{{- end }}
{{- end }}

{{/*
What is wrong with objectLabels: is set for every object already.
*/}}
{{- define "observability.north.repeatedLabels" -}}
{{- range $key, $value := .Values.north.objectLabels }}
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
What is wrong with connector.extraEnv: is set already, by the chart or its env, and cannot be there twice.
*/}}
{{- define "observability.north.connector.repeatedVariables" -}}
{{- range $envItem := .Values.north.connector.extraEnv }}
{{- if or (hasKey $.Values.north.connector.env $envItem.name)
    (has $envItem.name (list "CONNECTOR_CONFIG_PATH" "DANUBE_SERVICE_URL" "CONNECTOR_NAME")) }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.mqtt.routes: is a shared subscription, and the source drops all messages of such.
*/}}
{{- define "observability.north.sharedSubscriptions" -}}
{{- range $route := .Values.north.connector.config.mqtt.routes }}
{{- if hasPrefix "$share/" $route.from }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.mqtt.routes: stands in two routes, and only the first of them would get messages.
*/}}
{{- define "observability.north.routesOfOneFilter" -}}
{{- range $index, $route := .Values.north.connector.config.mqtt.routes }}
{{- range $index2, $route2 := $.Values.north.connector.config.mqtt.routes }}
{{- if and (lt (int $index) (int $index2)) (eq $route.from $route2.from) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.mqtt.routes: is written by routes that differ in partitions or reliable dispatch.
*/}}
{{- define "observability.north.topicsOfUnlikeRoutes" -}}
{{- range $index, $route := .Values.north.connector.config.mqtt.routes }}
{{- range $index2, $route2 := $.Values.north.connector.config.mqtt.routes }}
{{- if and (lt (int $index) (int $index2)) (eq $route.to $route2.to)
    (not (and (eq (dig "partitions" 0 $route | int) (dig "partitions" 0 $route2 | int))
    (or (and (or $route.reliable_dispatch (and (kindIs "invalid" $route.reliable_dispatch)
    (ne (dig "qos" "AtLeastOnce" $route) "AtMostOnce")))
    (or $route2.reliable_dispatch (and (kindIs "invalid" $route2.reliable_dispatch)
    (ne (dig "qos" "AtLeastOnce" $route2) "AtMostOnce"))))
    (not (or $route.reliable_dispatch (and (kindIs "invalid" $route.reliable_dispatch)
    (ne (dig "qos" "AtLeastOnce" $route) "AtMostOnce")) $route2.reliable_dispatch
    (and (kindIs "invalid" $route2.reliable_dispatch) (ne (dig "qos" "AtLeastOnce" $route2) "AtMostOnce"))))))) }}
{{ $route.to }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The configuration of the connector.
*/}}
{{- define "observability.north.config" -}}
{{- $connectorName := include "observability.north.connectorName" . -}}
danube_service_url = {{ include "observability.north.serviceUrl" . | toJson }}
connector_name = {{ .Values.north.connector.config.connector_name | default $connectorName | toJson }}

[processing]
batch_size = {{ .Values.north.connector.config.processing.batch_size | int }}
{{- if ne .Values.north.connector.configVersion "0.2" }}
metrics_port = {{ .Values.north.connector.metricsPort | int }}
{{- end }}
poll_interval_ms = {{ .Values.north.connector.config.processing.poll_interval_ms | int }}
{{- if ne .Values.north.connector.configVersion "0.2" }}
health_check_interval_ms = {{ .Values.north.connector.config.processing.health_check_interval_ms | int }}
health_check_failure_threshold = {{ .Values.north.connector.config.processing.health_check_failure_threshold | int }}
{{- end }}
{{- range $schema := .Values.north.connector.config.schemas }}

[[schemas]]
topic = {{ $schema.topic | toJson }}
subject = {{ $schema.subject | toJson }}
schema_type = {{ $schema.schema_type | toJson }}
{{- if $schema.schema_file }}
schema_file = {{ printf "/etc/danube-connector/schemas/%s" ($schema.schema_file | default "") | toJson }}
{{- else }}
schema_file = ""
{{- end }}
auto_register = {{ dig "auto_register" true $schema }}
{{- if eq (dig "version_strategy" "latest" $schema) "latest" }}
version_strategy = "latest"
{{- end }}
{{- if ne (dig "version_strategy" "latest" $schema) "latest" }}
{{- if eq (dig "version_strategy" "latest" $schema) "pinned" }}

[schemas.version_strategy]
pinned = {{ $schema.version | int }}
{{- else }}

[schemas.version_strategy]
minimum = {{ $schema.version | int }}
{{- end }}
{{- end }}
{{- end }}

[mqtt]
broker_host = {{ .Values.north.connector.config.mqtt.broker_host | toJson }}
broker_port = {{ .Values.north.connector.config.mqtt.broker_port | int }}
client_id = {{ .Values.north.connector.config.mqtt.client_id | default $connectorName | toJson }}
{{- if .Values.north.connector.config.mqtt.username }}
username = {{ .Values.north.connector.config.mqtt.username | toJson }}
{{- end }}
keep_alive_secs = {{ .Values.north.connector.config.mqtt.keep_alive_secs | int }}
max_packet_size = {{ .Values.north.connector.config.mqtt.max_packet_size | int }}
clean_session = {{ .Values.north.connector.config.mqtt.clean_session }}
include_metadata = {{ .Values.north.connector.config.mqtt.include_metadata }}
tcp_nodelay = {{ .Values.north.connector.config.mqtt.tcp_nodelay }}
{{- if and (eq .Values.north.connector.configVersion "0.2") .Values.north.connector.config.mqtt.routes }}
{{- range $route := .Values.north.connector.config.mqtt.routes }}

[[mqtt.topic_mappings]]
mqtt_topic = {{ $route.from | toJson }}
danube_topic = {{ $route.to | toJson }}
qos = {{ dig "qos" "AtLeastOnce" $route | toJson }}
partitions = {{ dig "partitions" 0 $route | int }}
{{- if not (kindIs "invalid" $route.reliable_dispatch) }}
reliable_dispatch = {{ $route.reliable_dispatch }}
{{- end }}
{{- end }}
{{- end }}
{{- if and (ne .Values.north.connector.configVersion "0.2") .Values.north.connector.config.mqtt.routes }}
{{- range $route := .Values.north.connector.config.mqtt.routes }}

[[mqtt.routes]]
from = {{ $route.from | toJson }}
to = {{ $route.to | toJson }}
qos = {{ dig "qos" "AtLeastOnce" $route | toJson }}
partitions = {{ dig "partitions" 0 $route | int }}
{{- if not (kindIs "invalid" $route.reliable_dispatch) }}
reliable_dispatch = {{ $route.reliable_dispatch }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The steps of the bootstrap Job, in their order.
*/}}
{{- define "observability.north.connector.bootstrap.plan" -}}
{{- range $namespace := .Values.north.bootstrap.namespaces }}
namespace {{ $namespace }}
{{- end }}
{{- range $key, $value := .Values.north.bootstrap.schemas }}
schema {{ $key }} {{ dig "type" "json_schema" $value }} {{ dig "compatibility" "backward" $value }}
{{- end }}
{{- range $key, $value := .Values.north.bootstrap.topics }}
topic {{ $key }} {{ dig "partitions" 0 $value | int }} {{ dig "dispatchStrategy" "non_reliable" $value }}
{{- end }}
{{- range $key, $value := .Values.north.bootstrap.topics }}
{{- if $value.schema }}
topic_schema {{ $key }} {{ ($value.schema).subject }} {{ dig "validationPolicy" "warn" $value.schema }} {{ ternary
    "payload" "no_payload" (dig "payloadValidation" false $value.schema) }}
{{- end }}
{{- end }}
{{- end }}

{{/*
All that the bootstrap Job is made of: a Job cannot change.
*/}}
{{- define "observability.north.connector.bootstrap.content" -}}
chart: {{ .Chart.Version | toJson }}
bootstrap: {{ .Values.north.bootstrap | toJson }}
image: {{ include "observability.image" (dict "image" .Values.north.bootstrap.image "registry"
    .Values.global.imageRegistry) | toJson }}
imagePullSecrets: {{ .Values.global.imagePullSecrets | toJson }}
labels:
  app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | toJson }}
  app.kubernetes.io/instance: {{ .Release.Name | toJson }}
  app.kubernetes.io/component: connector-north-bootstrap
  app.kubernetes.io/part-of: danube
  {{- range $key, $value := omit (merge (dict) .Values.north.bootstrap.podLabels .Values.commonLabels) "helm.sh/chart"
      "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by"
      "app.kubernetes.io/part-of" "app.kubernetes.io/component" }}
  {{ $key | toJson }}: {{ $value | toJson }}
  {{- end }}
platformAssignedIds: {{ .Values.platformAssignedIds }}
adminUrl: {{ include "observability.north.adminUrl" . | toJson }}
brokerHosts: {{ ternary "" (printf "%s-danube-broker-headless.%s.svc.%s" (include "observability.north.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain)
    (not (empty .Values.north.connector.config.danube_service_url)) | toJson }}
{{- end }}

{{/*
The name of the bootstrap Job: other content is another Job.
*/}}
{{- define "observability.north.connector.bootstrap.jobName" -}}
{{- printf "%s-bootstrap-%s" (include "observability.prefix"
    (dict "name" (include "observability.north.connectorName" .)))
    (include "observability.north.connector.bootstrap.content" . | sha256sum | trunc 8) }}
{{- end }}

{{/*
What is wrong with connector.config.schemas: has no file of schemaFiles, or has one although its type needs none.
*/}}
{{- define "observability.north.schemasWithoutFile" -}}
{{- range $schema := .Values.north.connector.config.schemas }}
{{- if not (or (and (or (eq $schema.schema_type "json_schema") (eq $schema.schema_type "json")
    (eq $schema.schema_type "avro")) (hasKey $.Values.north.connector.schemaFiles ($schema.schema_file | default "")))
    (and (not (or (eq $schema.schema_type "json_schema") (eq $schema.schema_type "json")
    (eq $schema.schema_type "avro"))) (not $schema.schema_file))) }}
{{ $schema.subject }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.schemas: has a version without need, or none although its version_strategy needs one.
*/}}
{{- define "observability.north.schemasWithoutVersion" -}}
{{- range $schema := .Values.north.connector.config.schemas }}
{{- if not (or (and (eq (dig "version_strategy" "latest" $schema) "latest") (kindIs "invalid" $schema.version))
    (and (ne (dig "version_strategy" "latest" $schema) "latest") (not (kindIs "invalid" $schema.version)))) }}
{{ $schema.subject }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The topics that are written.
*/}}
{{- define "observability.north.topicsOfRoutes" -}}
{{- range $route := .Values.north.connector.config.mqtt.routes }}
<{{ $route.to }}>
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.schemas: is the topic of no route.
*/}}
{{- define "observability.north.topicsWithoutRoute" -}}
{{- range $schema := .Values.north.connector.config.schemas }}
{{- if not (contains (printf "<%s>" $schema.topic) (include "observability.north.topicsOfRoutes" $)) }}
{{ $schema.topic }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What the names of all objects start with.
*/}}
{{- define "observability.south.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "observability.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "observability.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "observability.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "observability.south.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "observability.south.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "observability.south.selectorLabels" . | nindent 0 }}
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
Name of the Deployment of the connector.
*/}}
{{- define "observability.south.connectorName" -}}
{{- printf "%s-connector-south" (include "observability.south.fullname" .) }}
{{- end }}

{{/*
What the names of the objects of danube-core start with.
*/}}
{{- define "observability.south.corePrefix" -}}
{{- include "observability.prefix" (dict "name" (include "observability.core.fullname" . | default .Release.Name)) }}
{{- end }}

{{/*
The client port of the brokers.
*/}}
{{- define "observability.south.serviceUrl" -}}
{{- if .Values.south.connector.config.danube_service_url }}
{{- .Values.south.connector.config.danube_service_url }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "observability.south.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain (int .Values.core.broker.ports.client) }}
{{- end }}
{{- end }}

{{/*
The admin port of the brokers.
*/}}
{{- define "observability.south.adminUrl" -}}
{{- if .Values.south.connector.config.danube_service_url }}
{{- printf "%s:%d" (regexReplaceAll ":[0-9]+$" .Values.south.connector.config.danube_service_url "")
    (int .Values.core.broker.ports.admin) }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "observability.south.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain (int .Values.core.broker.ports.admin) }}
{{- end }}
{{- end }}

{{/*
What is wrong with objectLabels: is set for every object already.
*/}}
{{- define "observability.south.repeatedLabels" -}}
{{- range $key, $value := .Values.south.objectLabels }}
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
What is wrong with connector.extraEnv: is set already, by the chart or its env, and cannot be there twice.
*/}}
{{- define "observability.south.connector.repeatedVariables" -}}
{{- range $envItem := .Values.south.connector.extraEnv }}
{{- if or (hasKey $.Values.south.connector.env $envItem.name)
    (has $envItem.name (list "CONNECTOR_CONFIG_PATH" "DANUBE_SERVICE_URL" "CONNECTOR_NAME")) }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.mqtt.routes: is a shared subscription, and the source drops all messages of such.
*/}}
{{- define "observability.south.sharedSubscriptions" -}}
{{- range $route := .Values.south.connector.config.mqtt.routes }}
{{- if hasPrefix "$share/" $route.from }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.mqtt.routes: stands in two routes, and only the first of them would get messages.
*/}}
{{- define "observability.south.routesOfOneFilter" -}}
{{- range $index, $route := .Values.south.connector.config.mqtt.routes }}
{{- range $index2, $route2 := $.Values.south.connector.config.mqtt.routes }}
{{- if and (lt (int $index) (int $index2)) (eq $route.from $route2.from) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.mqtt.routes: is written by routes that differ in partitions or reliable dispatch.
*/}}
{{- define "observability.south.topicsOfUnlikeRoutes" -}}
{{- range $index, $route := .Values.south.connector.config.mqtt.routes }}
{{- range $index2, $route2 := $.Values.south.connector.config.mqtt.routes }}
{{- if and (lt (int $index) (int $index2)) (eq $route.to $route2.to)
    (not (and (eq (dig "partitions" 0 $route | int) (dig "partitions" 0 $route2 | int))
    (or (and (or $route.reliable_dispatch (and (kindIs "invalid" $route.reliable_dispatch)
    (ne (dig "qos" "AtLeastOnce" $route) "AtMostOnce")))
    (or $route2.reliable_dispatch (and (kindIs "invalid" $route2.reliable_dispatch)
    (ne (dig "qos" "AtLeastOnce" $route2) "AtMostOnce"))))
    (not (or $route.reliable_dispatch (and (kindIs "invalid" $route.reliable_dispatch)
    (ne (dig "qos" "AtLeastOnce" $route) "AtMostOnce")) $route2.reliable_dispatch
    (and (kindIs "invalid" $route2.reliable_dispatch) (ne (dig "qos" "AtLeastOnce" $route2) "AtMostOnce"))))))) }}
{{ $route.to }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The configuration of the connector.
*/}}
{{- define "observability.south.config" -}}
{{- $connectorName := include "observability.south.connectorName" . -}}
danube_service_url = {{ include "observability.south.serviceUrl" . | toJson }}
connector_name = {{ .Values.south.connector.config.connector_name | default $connectorName | toJson }}

[processing]
batch_size = {{ .Values.south.connector.config.processing.batch_size | int }}
{{- if ne .Values.south.connector.configVersion "0.2" }}
metrics_port = {{ .Values.south.connector.metricsPort | int }}
{{- end }}
poll_interval_ms = {{ .Values.south.connector.config.processing.poll_interval_ms | int }}
{{- if ne .Values.south.connector.configVersion "0.2" }}
health_check_interval_ms = {{ .Values.south.connector.config.processing.health_check_interval_ms | int }}
health_check_failure_threshold = {{ .Values.south.connector.config.processing.health_check_failure_threshold | int }}
{{- end }}
{{- range $schema := .Values.south.connector.config.schemas }}

[[schemas]]
topic = {{ $schema.topic | toJson }}
subject = {{ $schema.subject | toJson }}
schema_type = {{ $schema.schema_type | toJson }}
{{- if $schema.schema_file }}
schema_file = {{ printf "/etc/danube-connector/schemas/%s" ($schema.schema_file | default "") | toJson }}
{{- else }}
schema_file = ""
{{- end }}
auto_register = {{ dig "auto_register" true $schema }}
{{- if eq (dig "version_strategy" "latest" $schema) "latest" }}
version_strategy = "latest"
{{- end }}
{{- if ne (dig "version_strategy" "latest" $schema) "latest" }}
{{- if eq (dig "version_strategy" "latest" $schema) "pinned" }}

[schemas.version_strategy]
pinned = {{ $schema.version | int }}
{{- else }}

[schemas.version_strategy]
minimum = {{ $schema.version | int }}
{{- end }}
{{- end }}
{{- end }}

[mqtt]
broker_host = {{ .Values.south.connector.config.mqtt.broker_host | toJson }}
broker_port = {{ .Values.south.connector.config.mqtt.broker_port | int }}
client_id = {{ .Values.south.connector.config.mqtt.client_id | default $connectorName | toJson }}
{{- if .Values.south.connector.config.mqtt.username }}
username = {{ .Values.south.connector.config.mqtt.username | toJson }}
{{- end }}
keep_alive_secs = {{ .Values.south.connector.config.mqtt.keep_alive_secs | int }}
max_packet_size = {{ .Values.south.connector.config.mqtt.max_packet_size | int }}
clean_session = {{ .Values.south.connector.config.mqtt.clean_session }}
include_metadata = {{ .Values.south.connector.config.mqtt.include_metadata }}
tcp_nodelay = {{ .Values.south.connector.config.mqtt.tcp_nodelay }}
{{- if and (eq .Values.south.connector.configVersion "0.2") .Values.south.connector.config.mqtt.routes }}
{{- range $route := .Values.south.connector.config.mqtt.routes }}

[[mqtt.topic_mappings]]
mqtt_topic = {{ $route.from | toJson }}
danube_topic = {{ $route.to | toJson }}
qos = {{ dig "qos" "AtLeastOnce" $route | toJson }}
partitions = {{ dig "partitions" 0 $route | int }}
{{- if not (kindIs "invalid" $route.reliable_dispatch) }}
reliable_dispatch = {{ $route.reliable_dispatch }}
{{- end }}
{{- end }}
{{- end }}
{{- if and (ne .Values.south.connector.configVersion "0.2") .Values.south.connector.config.mqtt.routes }}
{{- range $route := .Values.south.connector.config.mqtt.routes }}

[[mqtt.routes]]
from = {{ $route.from | toJson }}
to = {{ $route.to | toJson }}
qos = {{ dig "qos" "AtLeastOnce" $route | toJson }}
partitions = {{ dig "partitions" 0 $route | int }}
{{- if not (kindIs "invalid" $route.reliable_dispatch) }}
reliable_dispatch = {{ $route.reliable_dispatch }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The steps of the bootstrap Job, in their order.
*/}}
{{- define "observability.south.connector.bootstrap.plan" -}}
{{- range $namespace := .Values.south.bootstrap.namespaces }}
namespace {{ $namespace }}
{{- end }}
{{- range $key, $value := .Values.south.bootstrap.schemas }}
schema {{ $key }} {{ dig "type" "json_schema" $value }} {{ dig "compatibility" "backward" $value }}
{{- end }}
{{- range $key, $value := .Values.south.bootstrap.topics }}
topic {{ $key }} {{ dig "partitions" 0 $value | int }} {{ dig "dispatchStrategy" "non_reliable" $value }}
{{- end }}
{{- range $key, $value := .Values.south.bootstrap.topics }}
{{- if $value.schema }}
topic_schema {{ $key }} {{ ($value.schema).subject }} {{ dig "validationPolicy" "warn" $value.schema }} {{ ternary
    "payload" "no_payload" (dig "payloadValidation" false $value.schema) }}
{{- end }}
{{- end }}
{{- end }}

{{/*
All that the bootstrap Job is made of: a Job cannot change.
*/}}
{{- define "observability.south.connector.bootstrap.content" -}}
chart: {{ .Chart.Version | toJson }}
bootstrap: {{ .Values.south.bootstrap | toJson }}
image: {{ include "observability.image" (dict "image" .Values.south.bootstrap.image "registry"
    .Values.global.imageRegistry) | toJson }}
imagePullSecrets: {{ .Values.global.imagePullSecrets | toJson }}
labels:
  app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | toJson }}
  app.kubernetes.io/instance: {{ .Release.Name | toJson }}
  app.kubernetes.io/component: connector-south-bootstrap
  app.kubernetes.io/part-of: danube
  {{- range $key, $value := omit (merge (dict) .Values.south.bootstrap.podLabels .Values.commonLabels) "helm.sh/chart"
      "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by"
      "app.kubernetes.io/part-of" "app.kubernetes.io/component" }}
  {{ $key | toJson }}: {{ $value | toJson }}
  {{- end }}
platformAssignedIds: {{ .Values.platformAssignedIds }}
adminUrl: {{ include "observability.south.adminUrl" . | toJson }}
brokerHosts: {{ ternary "" (printf "%s-danube-broker-headless.%s.svc.%s" (include "observability.south.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain)
    (not (empty .Values.south.connector.config.danube_service_url)) | toJson }}
{{- end }}

{{/*
The name of the bootstrap Job: other content is another Job.
*/}}
{{- define "observability.south.connector.bootstrap.jobName" -}}
{{- printf "%s-bootstrap-%s" (include "observability.prefix"
    (dict "name" (include "observability.south.connectorName" .)))
    (include "observability.south.connector.bootstrap.content" . | sha256sum | trunc 8) }}
{{- end }}

{{/*
What is wrong with connector.config.schemas: has no file of schemaFiles, or has one although its type needs none.
*/}}
{{- define "observability.south.schemasWithoutFile" -}}
{{- range $schema := .Values.south.connector.config.schemas }}
{{- if not (or (and (or (eq $schema.schema_type "json_schema") (eq $schema.schema_type "json")
    (eq $schema.schema_type "avro")) (hasKey $.Values.south.connector.schemaFiles ($schema.schema_file | default "")))
    (and (not (or (eq $schema.schema_type "json_schema") (eq $schema.schema_type "json")
    (eq $schema.schema_type "avro"))) (not $schema.schema_file))) }}
{{ $schema.subject }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.schemas: has a version without need, or none although its version_strategy needs one.
*/}}
{{- define "observability.south.schemasWithoutVersion" -}}
{{- range $schema := .Values.south.connector.config.schemas }}
{{- if not (or (and (eq (dig "version_strategy" "latest" $schema) "latest") (kindIs "invalid" $schema.version))
    (and (ne (dig "version_strategy" "latest" $schema) "latest") (not (kindIs "invalid" $schema.version)))) }}
{{ $schema.subject }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The topics that are written.
*/}}
{{- define "observability.south.topicsOfRoutes" -}}
{{- range $route := .Values.south.connector.config.mqtt.routes }}
<{{ $route.to }}>
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.schemas: is the topic of no route.
*/}}
{{- define "observability.south.topicsWithoutRoute" -}}
{{- range $schema := .Values.south.connector.config.schemas }}
{{- if not (contains (printf "<%s>" $schema.topic) (include "observability.south.topicsOfRoutes" $)) }}
{{ $schema.topic }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What the names of all objects start with.
*/}}
{{- define "observability.greptimedb.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "observability.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "observability.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "observability.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "observability.greptimedb.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "observability.greptimedb.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "observability.greptimedb.selectorLabels" . | nindent 0 }}
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
Name of the Deployment of the connector.
*/}}
{{- define "observability.greptimedb.connectorName" -}}
{{- printf "%s-connector-greptimedb" (include "observability.greptimedb.fullname" .) }}
{{- end }}

{{/*
What the names of the objects of danube-core start with.
*/}}
{{- define "observability.greptimedb.corePrefix" -}}
{{- include "observability.prefix" (dict "name" (include "observability.core.fullname" . | default .Release.Name)) }}
{{- end }}

{{/*
The client port of the brokers.
*/}}
{{- define "observability.greptimedb.serviceUrl" -}}
{{- if .Values.greptimedb.connector.config.danube_service_url }}
{{- .Values.greptimedb.connector.config.danube_service_url }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "observability.greptimedb.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain (int .Values.core.broker.ports.client) }}
{{- end }}
{{- end }}

{{/*
The admin port of the brokers.
*/}}
{{- define "observability.greptimedb.adminUrl" -}}
{{- if .Values.greptimedb.connector.config.danube_service_url }}
{{- printf "%s:%d" (regexReplaceAll ":[0-9]+$" .Values.greptimedb.connector.config.danube_service_url "")
    (int .Values.core.broker.ports.admin) }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "observability.greptimedb.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain (int .Values.core.broker.ports.admin) }}
{{- end }}
{{- end }}

{{/*
What is wrong with objectLabels: is set for every object already.
*/}}
{{- define "observability.greptimedb.repeatedLabels" -}}
{{- range $key, $value := .Values.greptimedb.objectLabels }}
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
What is wrong with connector.extraEnv: is set already, by the chart or its env, and cannot be there twice.
*/}}
{{- define "observability.greptimedb.connector.repeatedVariables" -}}
{{- range $envItem := .Values.greptimedb.connector.extraEnv }}
{{- if or (hasKey $.Values.greptimedb.connector.env $envItem.name)
    (has $envItem.name (list "CONNECTOR_CONFIG_PATH" "DANUBE_SERVICE_URL" "CONNECTOR_NAME")) }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.greptimedb.routes: has a subscription that only one of several pods would get messages of.
*/}}
{{- define "observability.greptimedb.routesOfOnePod" -}}
{{- range $route := .Values.greptimedb.connector.config.greptimedb.routes }}
{{- if not (or (le (int $.Values.greptimedb.connector.replicaCount) 1)
    (eq (dig "subscription_type" "Shared" $route) "Shared")) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.greptimedb.routes: has metrics or events and no fields.
*/}}
{{- define "observability.greptimedb.routesWithoutFields" -}}
{{- range $route := .Values.greptimedb.connector.config.greptimedb.routes }}
{{- if not (or (eq (dig "signal" "metrics" $route) "logs") (eq (dig "signal" "metrics" $route) "traces")
    (not (kindIs "invalid" $route.fields))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.greptimedb.routes: needs the HTTP endpoint.
*/}}
{{- define "observability.greptimedb.routesWithoutHttp" -}}
{{- range $route := .Values.greptimedb.connector.config.greptimedb.routes }}
{{- if not (or $.Values.greptimedb.connector.config.greptimedb.http_endpoint
    (not (or (and (or (eq (dig "signal" "metrics" $route) "logs") (eq (dig "signal" "metrics" $route) "traces"))
    (kindIs "invalid" $route.fields)) (not (kindIs "invalid" $route.storage)) (not (kindIs "invalid" $route.compaction))
    (not (kindIs "invalid" $route.partition_columns)) (not (kindIs "invalid" $route.downsample))))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.greptimedb.routes: makes its table, which write_api bulk does through the HTTP endpoint.
*/}}
{{- define "observability.greptimedb.bulkTablesWithoutHttp" -}}
{{- range $route := .Values.greptimedb.connector.config.greptimedb.routes }}
{{- if not (or $.Values.greptimedb.connector.config.greptimedb.http_endpoint
    (ne $.Values.greptimedb.connector.config.greptimedb.write_api "bulk") (not (dig "auto_create_table" true $route))
    (and (or (eq (dig "signal" "metrics" $route) "logs") (eq (dig "signal" "metrics" $route) "traces"))
    (kindIs "invalid" $route.fields))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.greptimedb.routes: says how a pipeline reads it, and goes through none.
*/}}
{{- define "observability.greptimedb.pipelinesOfRows" -}}
{{- range $route := .Values.greptimedb.connector.config.greptimedb.routes }}
{{- if not (or (and (or (eq (dig "signal" "metrics" $route) "logs") (eq (dig "signal" "metrics" $route) "traces"))
    (kindIs "invalid" $route.fields)) (not (or (not (kindIs "invalid" $route.pipeline_name))
    (not (kindIs "invalid" $route.pipeline_version)) (dig "skip_error" false $route)))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.greptimedb.routes: goes through a pipeline, which knows tags and time by itself.
*/}}
{{- define "observability.greptimedb.rowsOfPipelines" -}}
{{- range $route := .Values.greptimedb.connector.config.greptimedb.routes }}
{{- if not (or (not (and (or (eq (dig "signal" "metrics" $route) "logs") (eq (dig "signal" "metrics" $route) "traces"))
    (kindIs "invalid" $route.fields))) (not
    (or (not (kindIs "invalid" $route.tags)) (not (kindIs "invalid" $route.time_index))))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.greptimedb.routes: has merge_mode, and keeps rows apart (append_mode), as logs and traces do.
*/}}
{{- define "observability.greptimedb.mergedAppends" -}}
{{- range $route := .Values.greptimedb.connector.config.greptimedb.routes }}
{{- if and (not (kindIs "invalid" $route.merge_mode))
    (or $route.append_mode (and (kindIs "invalid" $route.append_mode)
    (or $.Values.greptimedb.connector.config.greptimedb.table_defaults.append_mode
    (eq (dig "signal" "metrics" $route) "logs") (eq (dig "signal" "metrics" $route) "traces")))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.greptimedb.routes: has physical_table, which only the engine metric has.
*/}}
{{- define "observability.greptimedb.physicalTablesOfNone" -}}
{{- range $route := .Values.greptimedb.connector.config.greptimedb.routes }}
{{- if not (or (kindIs "invalid" $route.physical_table)
    (eq ($route.engine | default ($.Values.greptimedb.connector.config.greptimedb.table_defaults.engine | default
    "mito")) "metric")) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.greptimedb.routes: is promql_compatible without signal metrics, or with a time column of its own.
*/}}
{{- define "observability.greptimedb.otherSignalsOfPrometheus" -}}
{{- range $route := .Values.greptimedb.connector.config.greptimedb.routes }}
{{- if not (or (not (dig "promql_compatible" false $route))
    (and (eq (dig "signal" "metrics" $route) "metrics") (kindIs "invalid" ($route.time_index).column))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.greptimedb.routes: is promql_compatible with several fields, and a metric has one value.
*/}}
{{- define "observability.greptimedb.fieldsOfPrometheus" -}}
{{- range $route := .Values.greptimedb.connector.config.greptimedb.routes }}
{{- if and (dig "promql_compatible" false $route) (not (kindIs "invalid" $route.fields)) }}
{{- if ne (len $route.fields) 1 }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The configuration of the connector.
*/}}
{{- define "observability.greptimedb.config" -}}
danube_service_url = {{ include "observability.greptimedb.serviceUrl" . | toJson }}
connector_name = {{ .Values.greptimedb.connector.config.connector_name | default
    (include "observability.greptimedb.connectorName" .) | toJson }}

[retry]
max_retries = {{ .Values.greptimedb.connector.config.retry.max_retries | int }}
retry_backoff_ms = {{ .Values.greptimedb.connector.config.retry.retry_backoff_ms | int }}
max_backoff_ms = {{ .Values.greptimedb.connector.config.retry.max_backoff_ms | int }}

[processing]
batch_size = {{ .Values.greptimedb.connector.config.processing.batch_size | int }}
metrics_port = {{ .Values.greptimedb.connector.metricsPort | int }}
batch_timeout_ms = {{ .Values.greptimedb.connector.config.processing.batch_timeout_ms | int }}
health_check_interval_ms = {{ .Values.greptimedb.connector.config.processing.health_check_interval_ms | int }}
health_check_failure_threshold = {{ .Values.greptimedb.connector.config.processing.health_check_failure_threshold |
    int }}

[greptimedb]
endpoints = {{ .Values.greptimedb.connector.config.greptimedb.endpoints | toJson }}
{{- if .Values.greptimedb.connector.config.greptimedb.http_endpoint }}
http_endpoint = {{ .Values.greptimedb.connector.config.greptimedb.http_endpoint | toJson }}
{{- end }}
database = {{ .Values.greptimedb.connector.config.greptimedb.database | toJson }}
{{- if .Values.greptimedb.connector.config.greptimedb.username }}
username = {{ .Values.greptimedb.connector.config.greptimedb.username | toJson }}
{{- end }}
write_api = {{ .Values.greptimedb.connector.config.greptimedb.write_api | toJson }}
compression = {{ .Values.greptimedb.connector.config.greptimedb.compression | toJson }}
connect_timeout_secs = {{ .Values.greptimedb.connector.config.greptimedb.connect_timeout_secs | int }}
request_timeout_secs = {{ .Values.greptimedb.connector.config.greptimedb.request_timeout_secs | int }}
auto_create_database = {{ .Values.greptimedb.connector.config.greptimedb.auto_create_database }}
{{- if .Values.greptimedb.connector.config.greptimedb.database_ttl }}
database_ttl = {{ .Values.greptimedb.connector.config.greptimedb.database_ttl | toJson }}
{{- end }}

[greptimedb.bulk]
compression = {{ .Values.greptimedb.connector.config.greptimedb.bulk.compression | toJson }}
parallelism = {{ .Values.greptimedb.connector.config.greptimedb.bulk.parallelism | int }}
timeout_secs = {{ .Values.greptimedb.connector.config.greptimedb.bulk.timeout_secs | int }}

[greptimedb.tls]
enabled = {{ .Values.greptimedb.connector.config.greptimedb.tls.enabled }}
{{- if .Values.greptimedb.connector.certificates.caSecret }}
ca_cert_path = {{ printf "/etc/danube-connector/ca/%s" .Values.greptimedb.connector.certificates.caKey | toJson }}
{{- end }}
{{- if .Values.greptimedb.connector.certificates.clientSecret }}
client_cert_path = {{ printf "/etc/danube-connector/client/%s" .Values.greptimedb.connector.certificates.certKey |
    toJson }}
client_key_path = {{ printf "/etc/danube-connector/client/%s" .Values.greptimedb.connector.certificates.keyKey |
    toJson }}
{{- end }}
{{- if or .Values.greptimedb.connector.config.greptimedb.table_defaults.ttl
    (not (kindIs "invalid" .Values.greptimedb.connector.config.greptimedb.table_defaults.append_mode))
    .Values.greptimedb.connector.config.greptimedb.table_defaults.merge_mode
    (not (kindIs "invalid" .Values.greptimedb.connector.config.greptimedb.table_defaults.skip_wal))
    .Values.greptimedb.connector.config.greptimedb.table_defaults.sst_format
    .Values.greptimedb.connector.config.greptimedb.table_defaults.engine
    .Values.greptimedb.connector.config.greptimedb.table_defaults.physical_table
    .Values.greptimedb.connector.config.greptimedb.table_defaults.storage
    (.Values.greptimedb.connector.config.greptimedb.table_defaults.compaction).time_window
    (not (kindIs "invalid" (.Values.greptimedb.connector.config.greptimedb.table_defaults.compaction).trigger_file_num))
    (.Values.greptimedb.connector.config.greptimedb.table_defaults.compaction).max_output_file_size }}

[greptimedb.table_defaults]
{{- if .Values.greptimedb.connector.config.greptimedb.table_defaults.ttl }}
ttl = {{ .Values.greptimedb.connector.config.greptimedb.table_defaults.ttl | toJson }}
{{- end }}
{{- if not (kindIs "invalid" .Values.greptimedb.connector.config.greptimedb.table_defaults.append_mode) }}
append_mode = {{ .Values.greptimedb.connector.config.greptimedb.table_defaults.append_mode }}
{{- end }}
{{- if .Values.greptimedb.connector.config.greptimedb.table_defaults.merge_mode }}
merge_mode = {{ .Values.greptimedb.connector.config.greptimedb.table_defaults.merge_mode | toJson }}
{{- end }}
{{- if not (kindIs "invalid" .Values.greptimedb.connector.config.greptimedb.table_defaults.skip_wal) }}
skip_wal = {{ .Values.greptimedb.connector.config.greptimedb.table_defaults.skip_wal }}
{{- end }}
{{- if .Values.greptimedb.connector.config.greptimedb.table_defaults.sst_format }}
sst_format = {{ .Values.greptimedb.connector.config.greptimedb.table_defaults.sst_format | toJson }}
{{- end }}
{{- if .Values.greptimedb.connector.config.greptimedb.table_defaults.engine }}
engine = {{ .Values.greptimedb.connector.config.greptimedb.table_defaults.engine | toJson }}
{{- end }}
{{- if .Values.greptimedb.connector.config.greptimedb.table_defaults.physical_table }}
physical_table = {{ .Values.greptimedb.connector.config.greptimedb.table_defaults.physical_table | toJson }}
{{- end }}
{{- if .Values.greptimedb.connector.config.greptimedb.table_defaults.storage }}
storage = {{ .Values.greptimedb.connector.config.greptimedb.table_defaults.storage | toJson }}
{{- end }}
{{- if or (.Values.greptimedb.connector.config.greptimedb.table_defaults.compaction).time_window
    (not (kindIs "invalid" (.Values.greptimedb.connector.config.greptimedb.table_defaults.compaction).trigger_file_num))
    (.Values.greptimedb.connector.config.greptimedb.table_defaults.compaction).max_output_file_size }}

[greptimedb.table_defaults.compaction]
{{- if (.Values.greptimedb.connector.config.greptimedb.table_defaults.compaction).time_window }}
time_window = {{ (.Values.greptimedb.connector.config.greptimedb.table_defaults.compaction).time_window | toJson }}
{{- end }}
{{- if not (kindIs "invalid" (.Values.greptimedb.connector.config.greptimedb.table_defaults.compaction).trigger_file_num) }}
trigger_file_num = {{ (.Values.greptimedb.connector.config.greptimedb.table_defaults.compaction).trigger_file_num |
    int }}
{{- end }}
{{- if (.Values.greptimedb.connector.config.greptimedb.table_defaults.compaction).max_output_file_size }}
max_output_file_size = {{ (.Values.greptimedb.connector.config.greptimedb.table_defaults.compaction).max_output_file_size |
    toJson }}
{{- end }}
{{- end }}
{{- end }}
{{- range $route := .Values.greptimedb.connector.config.greptimedb.routes }}

[[greptimedb.routes]]
from = {{ $route.from | toJson }}
subscription = {{ $route.subscription | toJson }}
{{- if $route.expected_schema_subject }}
expected_schema_subject = {{ $route.expected_schema_subject | toJson }}
{{- end }}
subscription_type = {{ dig "subscription_type" "Shared" $route | toJson }}
include_danube_metadata = {{ dig "include_danube_metadata" true $route }}
on_invalid = {{ dig "on_invalid" "fail" $route | toJson }}
to = {{ $route.to | toJson }}
{{- if $route.database }}
database = {{ $route.database | toJson }}
{{- end }}
signal = {{ dig "signal" "metrics" $route | toJson }}
{{- if $route.pipeline_name }}
pipeline_name = {{ $route.pipeline_name | toJson }}
{{- end }}
{{- if $route.pipeline_version }}
pipeline_version = {{ $route.pipeline_version | toJson }}
{{- end }}
skip_error = {{ dig "skip_error" false $route }}
auto_create_table = {{ dig "auto_create_table" true $route }}
{{- if $route.ttl }}
ttl = {{ $route.ttl | toJson }}
{{- end }}
{{- if not (kindIs "invalid" $route.append_mode) }}
append_mode = {{ $route.append_mode }}
{{- end }}
{{- if $route.merge_mode }}
merge_mode = {{ $route.merge_mode | toJson }}
{{- end }}
{{- if not (kindIs "invalid" $route.skip_wal) }}
skip_wal = {{ $route.skip_wal }}
{{- end }}
{{- if $route.sst_format }}
sst_format = {{ $route.sst_format | toJson }}
{{- end }}
{{- if $route.engine }}
engine = {{ $route.engine | toJson }}
{{- end }}
{{- if $route.physical_table }}
physical_table = {{ $route.physical_table | toJson }}
{{- end }}
{{- if $route.storage }}
storage = {{ $route.storage | toJson }}
{{- end }}
promql_compatible = {{ dig "promql_compatible" false $route }}
{{- if $route.partition_columns }}
partition_columns = {{ $route.partition_columns | toJson }}
{{- end }}
{{- if or ($route.time_index).json_path ($route.time_index).column ($route.time_index).unit }}

[greptimedb.routes.time_index]
{{- if ($route.time_index).json_path }}
json_path = {{ ($route.time_index).json_path | toJson }}
{{- end }}
{{- if ($route.time_index).column }}
column = {{ ($route.time_index).column | toJson }}
{{- end }}
{{- if ($route.time_index).unit }}
unit = {{ ($route.time_index).unit | toJson }}
{{- end }}
{{- end }}
{{- range $tag := $route.tags }}

[[greptimedb.routes.tags]]
json_path = {{ $tag.json_path | toJson }}
column = {{ $tag.column | toJson }}
{{- end }}
{{- range $field := $route.fields }}

[[greptimedb.routes.fields]]
json_path = {{ $field.json_path | toJson }}
column = {{ $field.column | toJson }}
type = {{ $field.type | toJson }}
index = {{ dig "index" "none" $field | toJson }}
{{- end }}
{{- if or ($route.compaction).time_window (not (kindIs "invalid" ($route.compaction).trigger_file_num))
    ($route.compaction).max_output_file_size }}

[greptimedb.routes.compaction]
{{- if ($route.compaction).time_window }}
time_window = {{ ($route.compaction).time_window | toJson }}
{{- end }}
{{- if not (kindIs "invalid" ($route.compaction).trigger_file_num) }}
trigger_file_num = {{ ($route.compaction).trigger_file_num | int }}
{{- end }}
{{- if ($route.compaction).max_output_file_size }}
max_output_file_size = {{ ($route.compaction).max_output_file_size | toJson }}
{{- end }}
{{- end }}
{{- range $downsampleItem := $route.downsample }}

[[greptimedb.routes.downsample]]
name = {{ $downsampleItem.name | toJson }}
to = {{ $downsampleItem.to | toJson }}
interval = {{ $downsampleItem.interval | toJson }}
aggregations = {{ $downsampleItem.aggregations | toJson }}
{{- if $downsampleItem.group_by }}
group_by = {{ $downsampleItem.group_by | toJson }}
{{- end }}
{{- if $downsampleItem.expire_after }}
expire_after = {{ $downsampleItem.expire_after | toJson }}
{{- end }}
{{- if $downsampleItem.ttl }}
ttl = {{ $downsampleItem.ttl | toJson }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The steps of the bootstrap Job, in their order.
*/}}
{{- define "observability.greptimedb.connector.bootstrap.plan" -}}
{{- range $namespace := .Values.greptimedb.bootstrap.namespaces }}
namespace {{ $namespace }}
{{- end }}
{{- range $key, $value := .Values.greptimedb.bootstrap.schemas }}
schema {{ $key }} {{ dig "type" "json_schema" $value }} {{ dig "compatibility" "backward" $value }}
{{- end }}
{{- range $key, $value := .Values.greptimedb.bootstrap.topics }}
topic {{ $key }} {{ dig "partitions" 0 $value | int }} {{ dig "dispatchStrategy" "non_reliable" $value }}
{{- end }}
{{- range $key, $value := .Values.greptimedb.bootstrap.topics }}
{{- if $value.schema }}
topic_schema {{ $key }} {{ ($value.schema).subject }} {{ dig "validationPolicy" "warn" $value.schema }} {{ ternary
    "payload" "no_payload" (dig "payloadValidation" false $value.schema) }}
{{- end }}
{{- end }}
{{- end }}

{{/*
All that the bootstrap Job is made of: a Job cannot change.
*/}}
{{- define "observability.greptimedb.connector.bootstrap.content" -}}
chart: {{ .Chart.Version | toJson }}
bootstrap: {{ .Values.greptimedb.bootstrap | toJson }}
image: {{ include "observability.image" (dict "image" .Values.greptimedb.bootstrap.image "registry"
    .Values.global.imageRegistry) | toJson }}
imagePullSecrets: {{ .Values.global.imagePullSecrets | toJson }}
labels:
  app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | toJson }}
  app.kubernetes.io/instance: {{ .Release.Name | toJson }}
  app.kubernetes.io/component: connector-greptimedb-bootstrap
  app.kubernetes.io/part-of: danube
  {{- range $key, $value := omit (merge (dict) .Values.greptimedb.bootstrap.podLabels .Values.commonLabels)
      "helm.sh/chart" "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version"
      "app.kubernetes.io/managed-by" "app.kubernetes.io/part-of" "app.kubernetes.io/component" }}
  {{ $key | toJson }}: {{ $value | toJson }}
  {{- end }}
platformAssignedIds: {{ .Values.platformAssignedIds }}
adminUrl: {{ include "observability.greptimedb.adminUrl" . | toJson }}
brokerHosts: {{ ternary "" (printf "%s-danube-broker-headless.%s.svc.%s"
    (include "observability.greptimedb.corePrefix" .) ("" | default .Release.Namespace) .Values.clusterDomain)
    (not (empty .Values.greptimedb.connector.config.danube_service_url)) | toJson }}
{{- end }}

{{/*
The name of the bootstrap Job: other content is another Job.
*/}}
{{- define "observability.greptimedb.connector.bootstrap.jobName" -}}
{{- printf "%s-bootstrap-%s" (include "observability.prefix"
    (dict "name" (include "observability.greptimedb.connectorName" .)))
    (include "observability.greptimedb.connector.bootstrap.content" . | sha256sum | trunc 8) }}
{{- end }}

{{/*
What is wrong with connector.config.greptimedb.routes: is read by two routes, and only the last of them would get its messages.
*/}}
{{- define "observability.greptimedb.routesOfOneTopic" -}}
{{- range $index, $route := .Values.greptimedb.connector.config.greptimedb.routes }}
{{- range $index2, $route2 := $.Values.greptimedb.connector.config.greptimedb.routes }}
{{- if and (lt (int $index) (int $index2)) (eq $route.from $route2.from) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
