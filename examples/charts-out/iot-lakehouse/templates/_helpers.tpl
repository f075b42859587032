{{/*
A prefix for names that is valid for every kind: long or unusual release names
are cut and end in a checksum, so that they stay unique.
*/}}
{{- define "iot-lakehouse.prefix" -}}
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
{{- define "iot-lakehouse.core.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "iot-lakehouse.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "iot-lakehouse.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "iot-lakehouse.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "iot-lakehouse.core.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "iot-lakehouse.core.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "iot-lakehouse.core.selectorLabels" . | nindent 0 }}
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
{{- define "iot-lakehouse.repository" -}}
{{- if .registry }}
{{- printf "%s/%s" .registry (regexReplaceAll "^([^/]*[.:][^/]*|localhost)/" .image.repository "") }}
{{- else }}
{{- .image.repository }}
{{- end }}
{{- end }}

{{/*
The reference of an image: by its digest if it has one, else by its tag.
*/}}
{{- define "iot-lakehouse.image" -}}
{{- if .image.digest }}
{{- printf "%s@%s" (include "iot-lakehouse.repository" (dict "image" .image "registry" .registry)) .image.digest }}
{{- else }}
{{- printf "%s:%s" (include "iot-lakehouse.repository" (dict "image" .image "registry" .registry)) .image.tag }}
{{- end }}
{{- end }}

{{/*
The service account of a component: one that is made, or one by name.
*/}}
{{- define "iot-lakehouse.serviceAccountName" -}}
{{- if .serviceAccount.create }}
{{- .serviceAccount.name | default .made }}
{{- else }}
{{- .serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{/*
What is wrong with objectLabels: is set for every object already.
*/}}
{{- define "iot-lakehouse.core.repeatedLabels" -}}
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
{{- define "iot-lakehouse.core.broker.repeatedVariables" -}}
{{- range $envItem := .Values.core.broker.extraEnv }}
{{- if hasKey $.Values.core.broker.env $envItem.name }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with etcd.extraEnv: is set already, by the chart or its env, and cannot be there twice.
*/}}
{{- define "iot-lakehouse.core.etcd.repeatedVariables" -}}
{{- range $envItem := .Values.core.etcd.extraEnv }}
{{- if hasKey $.Values.core.etcd.env $envItem.name }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with prometheus.extraEnv: is set already, by the chart or its env, and cannot be there twice.
*/}}
{{- define "iot-lakehouse.core.prometheus.repeatedVariables" -}}
{{- range $envItem := .Values.core.prometheus.extraEnv }}
{{- if hasKey $.Values.core.prometheus.env $envItem.name }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The DNS domain of the etcd members: <pod name>.<this>.
*/}}
{{- define "iot-lakehouse.core.etcdMembersDomain" -}}
{{- printf "%s-etcd-headless.%s.svc.%s" (include "iot-lakehouse.core.fullname" .) .Release.Namespace
    (.Values.core.etcd.cluster.domain | default .Values.clusterDomain) }}
{{- end }}

{{/*
The members and their addresses: name=url,name=url.
*/}}
{{- define "iot-lakehouse.core.etcdInitialCluster" -}}
{{- $fullname := include "iot-lakehouse.core.fullname" . -}}
{{- range $ordinal := until (int .Values.core.etcd.replicaCount) }}
{{- if $ordinal }},{{ end }}
{{- printf "%s-etcd-%d=%s://%s-etcd-%d.%s:%d" $fullname (int $ordinal)
    (ternary "https" "http" (ne $.Values.core.etcd.peerTLS.mode "off")) $fullname (int $ordinal)
    (include "iot-lakehouse.core.etcdMembersDomain" $)
    (ternary (int $.Values.core.etcd.peerTLS.port) (int $.Values.core.etcd.service.peerPort)
    (ne $.Values.core.etcd.peerTLS.mode "off")) }}
{{- end }}
{{- end }}

{{/*
The address that programs listen on.
*/}}
{{- define "iot-lakehouse.core.anyAddress" -}}
{{- if has "IPv6" .Values.core.ipFamilies }}
{{- "[::]" }}
{{- else }}
{{- "0.0.0.0" }}
{{- end }}
{{- end }}

{{/*
Where the brokers find etcd: the one of this release or an external one.
*/}}
{{- define "iot-lakehouse.core.etcdHost" -}}
{{- if .Values.core.etcd.enabled }}
{{- printf "%s-etcd.%s.svc.%s" (include "iot-lakehouse.core.fullname" .) .Release.Namespace .Values.clusterDomain }}
{{- else }}
{{- .Values.core.etcd.external.host }}
{{- end }}
{{- end }}

{{/*
The address of a broker that clients are sent to, with placeholders.
*/}}
{{- define "iot-lakehouse.core.advertisedAddrTemplate" -}}
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
{{- define "iot-lakehouse.core.advertisedAddress" -}}
{{- include "iot-lakehouse.core.advertisedAddrTemplate" . | replace "{headlessService}"
    (printf "%s-danube-broker-headless" (include "iot-lakehouse.core.fullname" .)) | replace "{namespace}"
    .Release.Namespace | replace "{clusterDomain}" .Values.clusterDomain | replace "{port}"
    (.Values.core.broker.ports.client | int | toString) }}
{{- end }}

{{/*
The address of one broker, as its pod computes it.
*/}}
{{- define "iot-lakehouse.advertisedAddressOf" -}}
{{- .pattern | replace "{nodePort}" (add (int .nodePortBase) (int .ordinal) | toString) | replace "{ordinal}"
    (.ordinal | int | toString) | replace "{podName}" (printf "%s-%d" .brokers (int .ordinal)) }}
{{- end }}

{{/*
The host in that address.
*/}}
{{- define "iot-lakehouse.advertisedHostOf" -}}
{{- regexReplaceAll ":[^:]*$" (include "iot-lakehouse.advertisedAddressOf"
    (dict "pattern" .pattern "brokers" .brokers "ordinal" .ordinal "nodePortBase" .nodePortBase)) "" }}
{{- end }}

{{/*
Not empty where a script has to compute the address that a broker advertises.
*/}}
{{- define "iot-lakehouse.core.needsStartScript" -}}
{{- if regexMatch "\\{(ordinal|nodePort|nodeIP|nodeName|loadBalancer)\\}"
    (include "iot-lakehouse.core.advertisedAddrTemplate" .) }}
{{- "true" }}
{{- else }}
{{- "" }}
{{- end }}
{{- end }}

{{/*
danube_broker.yml
*/}}
{{- define "iot-lakehouse.core.brokerConfig" -}}
cluster_name: {{ .Values.global.clusterName | toJson }}
broker:
  host: {{ include "iot-lakehouse.core.anyAddress" . | toJson }}
  ports:
    client: {{ .Values.core.broker.ports.client | int }}
    admin: {{ .Values.core.broker.ports.admin | int }}
    prometheus: {{ .Values.core.broker.ports.prometheus | int }}
meta_store:
  host: {{ include "iot-lakehouse.core.etcdHost" . | toJson }}
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
    etcd_endpoint: "{{ include "iot-lakehouse.core.etcdHost" . }}:{{ ternary (int .Values.core.etcd.service.port)
        (int .Values.core.etcd.external.port) .Values.core.etcd.enabled }}"
    in_memory: false
{{- end }}

{{/*
The Secret with the certificate of the brokers.
*/}}
{{- define "iot-lakehouse.core.brokerTlsSecret" -}}
{{- .Values.core.broker.tls.secretName | default
    (printf "%s-danube-broker-tls" (include "iot-lakehouse.core.fullname" .)) }}
{{- end }}

{{/*
PromQL matchers of the series of the brokers.
*/}}
{{- define "iot-lakehouse.core.brokerSeries" -}}
{{- printf "namespace='%s',job='%s-danube-broker'" .Release.Namespace (include "iot-lakehouse.core.fullname" .) }}
{{- end }}

{{/*
PromQL matchers of the series of etcd.
*/}}
{{- define "iot-lakehouse.core.etcdSeries" -}}
{{- printf "namespace='%s',job='%s-etcd'" .Release.Namespace (include "iot-lakehouse.core.fullname" .) }}
{{- end }}

{{/*
alerts.yml, and the spec of the PrometheusRule
*/}}
{{- define "iot-lakehouse.core.alerts" -}}
{{- $fullname := include "iot-lakehouse.core.fullname" . -}}
{{- $brokerSeries := include "iot-lakehouse.core.brokerSeries" . -}}
{{- $etcdSeries := include "iot-lakehouse.core.etcdSeries" . -}}
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
prometheus.yml
*/}}
{{- define "iot-lakehouse.core.prometheusConfig" -}}
{{- $fullname := include "iot-lakehouse.core.fullname" . -}}
global:
  scrape_interval: {{ .Values.core.prometheus.scrapeInterval | toJson }}
  evaluation_interval: {{ .Values.core.prometheus.scrapeInterval | toJson }}
{{- if .Values.core.prometheus.rules.enabled }}
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
  {{- if .Values.core.etcd.enabled }}
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
{{- define "iot-lakehouse.milliseconds" -}}
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
{{- define "iot-lakehouse.core.brokerUrl" -}}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "iot-lakehouse.core.fullname" .) .Release.Namespace
    .Values.clusterDomain (int .Values.core.broker.ports.client) }}
{{- end }}

{{/*
Where helm test finds it.
*/}}
{{- define "iot-lakehouse.core.etcdUrl" -}}
{{- printf "http://%s-etcd.%s.svc.%s:%d" (include "iot-lakehouse.core.fullname" .) .Release.Namespace
    .Values.clusterDomain (int .Values.core.etcd.service.port) }}
{{- end }}

{{/*
Where helm test finds it.
*/}}
{{- define "iot-lakehouse.core.prometheusUrl" -}}
{{- printf "http://%s-prometheus.%s.svc.%s:%d" (include "iot-lakehouse.core.fullname" .) .Release.Namespace
    .Values.clusterDomain (int .Values.core.prometheus.service.port) }}
{{- end }}

{{/*
What the names of all objects start with.
*/}}
{{- define "iot-lakehouse.topics.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "iot-lakehouse.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "iot-lakehouse.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "iot-lakehouse.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "iot-lakehouse.topics.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "iot-lakehouse.topics.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "iot-lakehouse.topics.selectorLabels" . | nindent 0 }}
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
{{- define "iot-lakehouse.topics.corePrefix" -}}
{{- include "iot-lakehouse.prefix" (dict "name" (include "iot-lakehouse.core.fullname" . | default .Release.Name)) }}
{{- end }}

{{/*
The steps of the bootstrap Job, in their order.
*/}}
{{- define "iot-lakehouse.topics.plan" -}}
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
{{- define "iot-lakehouse.topics.content" -}}
chart: {{ .Chart.Version | toJson }}
bootstrap: {{ .Values.topics.bootstrap | toJson }}
image: {{ include "iot-lakehouse.image" (dict "image" .Values.topics.bootstrap.image "registry"
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
adminUrl: "http://{{ include "iot-lakehouse.topics.corePrefix" . }}-danube-broker.{{ "" | default
    .Release.Namespace }}.svc.{{ .Values.clusterDomain }}:{{ .Values.core.broker.ports.admin | int }}"
brokerHosts: {{ include "iot-lakehouse.topics.corePrefix" . }}-danube-broker-headless.{{ "" | default
    .Release.Namespace }}.svc.{{ .Values.clusterDomain }}
{{- end }}

{{/*
The name of the bootstrap Job: other content is another Job.
*/}}
{{- define "iot-lakehouse.topics.jobName" -}}
{{- printf "%s-bootstrap-%s" (include "iot-lakehouse.prefix"
    (dict "name" (printf "%s-topics" (include "iot-lakehouse.topics.fullname" .))))
    (include "iot-lakehouse.topics.content" . | sha256sum | trunc 8) }}
{{- end }}

{{/*
What the names of all objects start with.
*/}}
{{- define "iot-lakehouse.mqtt.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "iot-lakehouse.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "iot-lakehouse.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "iot-lakehouse.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "iot-lakehouse.mqtt.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "iot-lakehouse.mqtt.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "iot-lakehouse.mqtt.selectorLabels" . | nindent 0 }}
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
{{- define "iot-lakehouse.mqtt.connectorName" -}}
{{- printf "%s-connector-mqtt" (include "iot-lakehouse.mqtt.fullname" .) }}
{{- end }}

{{/*
What the names of the objects of danube-core start with.
*/}}
{{- define "iot-lakehouse.mqtt.corePrefix" -}}
{{- include "iot-lakehouse.prefix" (dict "name" (include "iot-lakehouse.core.fullname" . | default .Release.Name)) }}
{{- end }}

{{/*
The client port of the brokers.
*/}}
{{- define "iot-lakehouse.mqtt.serviceUrl" -}}
{{- if .Values.mqtt.connector.config.danube_service_url }}
{{- .Values.mqtt.connector.config.danube_service_url }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "iot-lakehouse.mqtt.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain (int .Values.core.broker.ports.client) }}
{{- end }}
{{- end }}

{{/*
The admin port of the brokers.
*/}}
{{- define "iot-lakehouse.mqtt.adminUrl" -}}
{{- if .Values.mqtt.connector.config.danube_service_url }}
{{- printf "%s:%d" (regexReplaceAll ":[0-9]+$" .Values.mqtt.connector.config.danube_service_url "")
    (int .Values.core.broker.ports.admin) }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "iot-lakehouse.mqtt.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain (int .Values.core.broker.ports.admin) }}
{{- end }}
{{- end }}

{{/*
What is wrong with objectLabels: is set for every object already.
*/}}
{{- define "iot-lakehouse.mqtt.repeatedLabels" -}}
{{- range $key, $value := .Values.mqtt.objectLabels }}
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
{{- define "iot-lakehouse.mqtt.connector.repeatedVariables" -}}
{{- range $envItem := .Values.mqtt.connector.extraEnv }}
{{- if or (hasKey $.Values.mqtt.connector.env $envItem.name)
    (has $envItem.name (list "CONNECTOR_CONFIG_PATH" "DANUBE_SERVICE_URL" "CONNECTOR_NAME")) }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.mqtt.routes: is a shared subscription, and the source drops all messages of such.
*/}}
{{- define "iot-lakehouse.mqtt.sharedSubscriptions" -}}
{{- range $route := .Values.mqtt.connector.config.mqtt.routes }}
{{- if hasPrefix "$share/" $route.from }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.mqtt.routes: stands in two routes, and only the first of them would get messages.
*/}}
{{- define "iot-lakehouse.mqtt.routesOfOneFilter" -}}
{{- range $index, $route := .Values.mqtt.connector.config.mqtt.routes }}
{{- range $index2, $route2 := $.Values.mqtt.connector.config.mqtt.routes }}
{{- if and (lt (int $index) (int $index2)) (eq $route.from $route2.from) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.mqtt.routes: is written by routes that differ in partitions or reliable dispatch.
*/}}
{{- define "iot-lakehouse.mqtt.topicsOfUnlikeRoutes" -}}
{{- range $index, $route := .Values.mqtt.connector.config.mqtt.routes }}
{{- range $index2, $route2 := $.Values.mqtt.connector.config.mqtt.routes }}
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
{{- define "iot-lakehouse.mqtt.config" -}}
{{- $connectorName := include "iot-lakehouse.mqtt.connectorName" . -}}
danube_service_url = {{ include "iot-lakehouse.mqtt.serviceUrl" . | toJson }}
connector_name = {{ .Values.mqtt.connector.config.connector_name | default $connectorName | toJson }}

[processing]
batch_size = {{ .Values.mqtt.connector.config.processing.batch_size | int }}
{{- if ne .Values.mqtt.connector.configVersion "0.2" }}
metrics_port = {{ .Values.mqtt.connector.metricsPort | int }}
{{- end }}
poll_interval_ms = {{ .Values.mqtt.connector.config.processing.poll_interval_ms | int }}
{{- if ne .Values.mqtt.connector.configVersion "0.2" }}
health_check_interval_ms = {{ .Values.mqtt.connector.config.processing.health_check_interval_ms | int }}
health_check_failure_threshold = {{ .Values.mqtt.connector.config.processing.health_check_failure_threshold | int }}
{{- end }}
{{- range $schema := .Values.mqtt.connector.config.schemas }}

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
broker_host = {{ .Values.mqtt.connector.config.mqtt.broker_host | toJson }}
broker_port = {{ .Values.mqtt.connector.config.mqtt.broker_port | int }}
client_id = {{ .Values.mqtt.connector.config.mqtt.client_id | default $connectorName | toJson }}
{{- if .Values.mqtt.connector.config.mqtt.username }}
username = {{ .Values.mqtt.connector.config.mqtt.username | toJson }}
{{- end }}
keep_alive_secs = {{ .Values.mqtt.connector.config.mqtt.keep_alive_secs | int }}
max_packet_size = {{ .Values.mqtt.connector.config.mqtt.max_packet_size | int }}
clean_session = {{ .Values.mqtt.connector.config.mqtt.clean_session }}
include_metadata = {{ .Values.mqtt.connector.config.mqtt.include_metadata }}
tcp_nodelay = {{ .Values.mqtt.connector.config.mqtt.tcp_nodelay }}
{{- if and (eq .Values.mqtt.connector.configVersion "0.2") .Values.mqtt.connector.config.mqtt.routes }}
{{- range $route := .Values.mqtt.connector.config.mqtt.routes }}

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
{{- if and (ne .Values.mqtt.connector.configVersion "0.2") .Values.mqtt.connector.config.mqtt.routes }}
{{- range $route := .Values.mqtt.connector.config.mqtt.routes }}

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
{{- define "iot-lakehouse.mqtt.connector.bootstrap.plan" -}}
{{- range $namespace := .Values.mqtt.bootstrap.namespaces }}
namespace {{ $namespace }}
{{- end }}
{{- range $key, $value := .Values.mqtt.bootstrap.schemas }}
schema {{ $key }} {{ dig "type" "json_schema" $value }} {{ dig "compatibility" "backward" $value }}
{{- end }}
{{- range $key, $value := .Values.mqtt.bootstrap.topics }}
topic {{ $key }} {{ dig "partitions" 0 $value | int }} {{ dig "dispatchStrategy" "non_reliable" $value }}
{{- end }}
{{- range $key, $value := .Values.mqtt.bootstrap.topics }}
{{- if $value.schema }}
topic_schema {{ $key }} {{ ($value.schema).subject }} {{ dig "validationPolicy" "warn" $value.schema }} {{ ternary
    "payload" "no_payload" (dig "payloadValidation" false $value.schema) }}
{{- end }}
{{- end }}
{{- end }}

{{/*
All that the bootstrap Job is made of: a Job cannot change.
*/}}
{{- define "iot-lakehouse.mqtt.connector.bootstrap.content" -}}
chart: {{ .Chart.Version | toJson }}
bootstrap: {{ .Values.mqtt.bootstrap | toJson }}
image: {{ include "iot-lakehouse.image" (dict "image" .Values.mqtt.bootstrap.image "registry"
    .Values.global.imageRegistry) | toJson }}
imagePullSecrets: {{ .Values.global.imagePullSecrets | toJson }}
labels:
  app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | toJson }}
  app.kubernetes.io/instance: {{ .Release.Name | toJson }}
  app.kubernetes.io/component: connector-mqtt-bootstrap
  app.kubernetes.io/part-of: danube
  {{- range $key, $value := omit (merge (dict) .Values.mqtt.bootstrap.podLabels .Values.commonLabels) "helm.sh/chart"
      "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by"
      "app.kubernetes.io/part-of" "app.kubernetes.io/component" }}
  {{ $key | toJson }}: {{ $value | toJson }}
  {{- end }}
platformAssignedIds: {{ .Values.platformAssignedIds }}
adminUrl: {{ include "iot-lakehouse.mqtt.adminUrl" . | toJson }}
brokerHosts: {{ ternary "" (printf "%s-danube-broker-headless.%s.svc.%s" (include "iot-lakehouse.mqtt.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain)
    (not (empty .Values.mqtt.connector.config.danube_service_url)) | toJson }}
{{- end }}

{{/*
The name of the bootstrap Job: other content is another Job.
*/}}
{{- define "iot-lakehouse.mqtt.connector.bootstrap.jobName" -}}
{{- printf "%s-bootstrap-%s" (include "iot-lakehouse.prefix"
    (dict "name" (include "iot-lakehouse.mqtt.connectorName" .)))
    (include "iot-lakehouse.mqtt.connector.bootstrap.content" . | sha256sum | trunc 8) }}
{{- end }}

{{/*
What is wrong with connector.config.schemas: has no file of schemaFiles, or has one although its type needs none.
*/}}
{{- define "iot-lakehouse.mqtt.schemasWithoutFile" -}}
{{- range $schema := .Values.mqtt.connector.config.schemas }}
{{- if not (or (and (or (eq $schema.schema_type "json_schema") (eq $schema.schema_type "json")
    (eq $schema.schema_type "avro")) (hasKey $.Values.mqtt.connector.schemaFiles ($schema.schema_file | default "")))
    (and (not (or (eq $schema.schema_type "json_schema") (eq $schema.schema_type "json")
    (eq $schema.schema_type "avro"))) (not $schema.schema_file))) }}
{{ $schema.subject }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.schemas: has a version without need, or none although its version_strategy needs one.
*/}}
{{- define "iot-lakehouse.mqtt.schemasWithoutVersion" -}}
{{- range $schema := .Values.mqtt.connector.config.schemas }}
{{- if not (or (and (eq (dig "version_strategy" "latest" $schema) "latest") (kindIs "invalid" $schema.version))
    (and (ne (dig "version_strategy" "latest" $schema) "latest") (not (kindIs "invalid" $schema.version)))) }}
{{ $schema.subject }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The topics that are written.
*/}}
{{- define "iot-lakehouse.mqtt.topicsOfRoutes" -}}
{{- range $route := .Values.mqtt.connector.config.mqtt.routes }}
<{{ $route.to }}>
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.schemas: is the topic of no route.
*/}}
{{- define "iot-lakehouse.mqtt.topicsWithoutRoute" -}}
{{- range $schema := .Values.mqtt.connector.config.schemas }}
{{- if not (contains (printf "<%s>" $schema.topic) (include "iot-lakehouse.mqtt.topicsOfRoutes" $)) }}
{{ $schema.topic }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What the names of all objects start with.
*/}}
{{- define "iot-lakehouse.lake.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "iot-lakehouse.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "iot-lakehouse.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "iot-lakehouse.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "iot-lakehouse.lake.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "iot-lakehouse.lake.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "iot-lakehouse.lake.selectorLabels" . | nindent 0 }}
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
{{- define "iot-lakehouse.lake.connectorName" -}}
{{- printf "%s-connector-lake" (include "iot-lakehouse.lake.fullname" .) }}
{{- end }}

{{/*
What the names of the objects of danube-core start with.
*/}}
{{- define "iot-lakehouse.lake.corePrefix" -}}
{{- include "iot-lakehouse.prefix" (dict "name" (include "iot-lakehouse.core.fullname" . | default .Release.Name)) }}
{{- end }}

{{/*
The client port of the brokers.
*/}}
{{- define "iot-lakehouse.lake.serviceUrl" -}}
{{- if .Values.lake.connector.config.danube_service_url }}
{{- .Values.lake.connector.config.danube_service_url }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "iot-lakehouse.lake.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain (int .Values.core.broker.ports.client) }}
{{- end }}
{{- end }}

{{/*
The admin port of the brokers.
*/}}
{{- define "iot-lakehouse.lake.adminUrl" -}}
{{- if .Values.lake.connector.config.danube_service_url }}
{{- printf "%s:%d" (regexReplaceAll ":[0-9]+$" .Values.lake.connector.config.danube_service_url "")
    (int .Values.core.broker.ports.admin) }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "iot-lakehouse.lake.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain (int .Values.core.broker.ports.admin) }}
{{- end }}
{{- end }}

{{/*
What is wrong with objectLabels: is set for every object already.
*/}}
{{- define "iot-lakehouse.lake.repeatedLabels" -}}
{{- range $key, $value := .Values.lake.objectLabels }}
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
{{- define "iot-lakehouse.lake.connector.repeatedVariables" -}}
{{- range $envItem := .Values.lake.connector.extraEnv }}
{{- if or (hasKey $.Values.lake.connector.env $envItem.name)
    (has $envItem.name (list "CONNECTOR_CONFIG_PATH" "DANUBE_SERVICE_URL" "CONNECTOR_NAME")) }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.deltalake.routes: is no URL of the storage_backend, and one connector has one storage.
*/}}
{{- define "iot-lakehouse.lake.tablesElsewhere" -}}
{{- range $route := .Values.lake.connector.config.deltalake.routes }}
{{- if not (regexMatch "^s3a?:" $route.to) }}
{{ $route.to }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.deltalake.routes: has write_mode overwrite, which has no effect: the sink always appends.
*/}}
{{- define "iot-lakehouse.lake.overwritingRoutes" -}}
{{- range $route := .Values.lake.connector.config.deltalake.routes }}
{{- if eq (dig "write_mode" "append" $route) "overwrite" }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.deltalake.routes: has batch_size or flush_interval_ms, which configVersion 0.3 has for all routes only.
*/}}
{{- define "iot-lakehouse.lake.batchesOfRoutes" -}}
{{- range $route := .Values.lake.connector.config.deltalake.routes }}
{{- if not (or (eq $.Values.lake.connector.configVersion "0.2")
    (not (or (not (kindIs "invalid" $route.batch_size)) (not (kindIs "invalid" $route.flush_interval_ms))))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.deltalake.routes: has data_type Date32 or Date64, with which the sink ends at its first message.
*/}}
{{- define "iot-lakehouse.lake.columnsOfDates" -}}
{{- range $route := .Values.lake.connector.config.deltalake.routes }}
{{- range $fieldmapping := $route.field_mappings }}
{{- if hasPrefix "Date" $fieldmapping.data_type }}
{{ $fieldmapping.column }} of {{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.deltalake.routes: has data_type UInt or Timestamp, which do not fit tables that the sink makes.
*/}}
{{- define "iot-lakehouse.lake.columnsOfUnsafeTypes" -}}
{{- range $route := .Values.lake.connector.config.deltalake.routes }}
{{- range $fieldmapping := $route.field_mappings }}
{{- if and (not $.Values.lake.connector.allowUnsafeDataTypes)
    (regexMatch "^(UInt|Timestamp)" $fieldmapping.data_type) }}
{{ $fieldmapping.column }} of {{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.deltalake.routes: is a column twice; capitals make no difference.
*/}}
{{- define "iot-lakehouse.lake.columnsTwice" -}}
{{- range $route := .Values.lake.connector.config.deltalake.routes }}
{{- range $index2, $fieldmapping := $route.field_mappings }}
{{- range $index3, $fieldmapping2 := $route.field_mappings }}
{{- if and (lt (int $index2) (int $index3)) (eq ($fieldmapping.column | lower) ($fieldmapping2.column | lower)) }}
{{ $fieldmapping2.column }} of {{ $route.from }}
{{- end }}
{{- end }}
{{- if and (dig "include_danube_metadata" false $route) (eq $fieldmapping.column "_danube_metadata") }}
{{ $fieldmapping.column }} of {{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The configuration of the connector.
*/}}
{{- define "iot-lakehouse.lake.config" -}}
danube_service_url = {{ include "iot-lakehouse.lake.serviceUrl" . | toJson }}
connector_name = {{ .Values.lake.connector.config.connector_name | default
    (include "iot-lakehouse.lake.connectorName" .) | toJson }}

[retry]
max_retries = {{ .Values.lake.connector.config.retry.max_retries | int }}
retry_backoff_ms = {{ .Values.lake.connector.config.retry.retry_backoff_ms | int }}
max_backoff_ms = {{ .Values.lake.connector.config.retry.max_backoff_ms | int }}

[processing]
batch_size = {{ .Values.lake.connector.config.processing.batch_size | int }}
{{- if ne .Values.lake.connector.configVersion "0.2" }}
metrics_port = {{ .Values.lake.connector.metricsPort | int }}
{{- end }}
batch_timeout_ms = {{ .Values.lake.connector.config.processing.batch_timeout_ms | int }}
{{- if ne .Values.lake.connector.configVersion "0.2" }}
health_check_interval_ms = {{ .Values.lake.connector.config.processing.health_check_interval_ms | int }}
health_check_failure_threshold = {{ .Values.lake.connector.config.processing.health_check_failure_threshold | int }}
{{- end }}

[deltalake]
storage_backend = "s3"
s3_region = {{ .Values.lake.connector.config.deltalake.s3_region | toJson }}
{{- if .Values.lake.connector.config.deltalake.s3_endpoint }}
s3_endpoint = {{ .Values.lake.connector.config.deltalake.s3_endpoint | toJson }}
{{- end }}
s3_allow_http = {{ .Values.lake.connector.config.deltalake.s3_allow_http }}
{{- if eq .Values.lake.connector.configVersion "0.2" }}
batch_size = {{ .Values.lake.connector.config.processing.batch_size | int }}
flush_interval_ms = {{ .Values.lake.connector.config.processing.batch_timeout_ms | int }}
{{- end }}
{{- if .Values.lake.connector.config.deltalake.azure_storage_account }}
azure_storage_account = {{ .Values.lake.connector.config.deltalake.azure_storage_account | toJson }}
{{- end }}
{{- if .Values.lake.connector.config.deltalake.azure_container }}
azure_container = {{ .Values.lake.connector.config.deltalake.azure_container | toJson }}
{{- end }}
{{- if .Values.lake.connector.config.deltalake.gcp_project_id }}
gcp_project_id = {{ .Values.lake.connector.config.deltalake.gcp_project_id | toJson }}
{{- end }}
{{- if and (eq .Values.lake.connector.configVersion "0.2") .Values.lake.connector.config.deltalake.routes }}
{{- range $route := .Values.lake.connector.config.deltalake.routes }}

[[deltalake.topic_mappings]]
topic = {{ $route.from | toJson }}
subscription = {{ $route.subscription | toJson }}
{{- if $route.expected_schema_subject }}
expected_schema_subject = {{ $route.expected_schema_subject | toJson }}
{{- end }}
delta_table_path = {{ $route.to | toJson }}
write_mode = {{ dig "write_mode" "append" $route | toJson }}
include_danube_metadata = {{ dig "include_danube_metadata" false $route }}
{{- if not (kindIs "invalid" $route.batch_size) }}
batch_size = {{ $route.batch_size | int }}
{{- end }}
{{- if not (kindIs "invalid" $route.flush_interval_ms) }}
flush_interval_ms = {{ $route.flush_interval_ms | int }}
{{- end }}
{{- range $fieldmapping := $route.field_mappings }}

[[deltalake.topic_mappings.field_mappings]]
json_path = {{ $fieldmapping.json_path | toJson }}
column = {{ $fieldmapping.column | toJson }}
data_type = {{ $fieldmapping.data_type | toJson }}
nullable = {{ dig "nullable" true $fieldmapping }}
{{- end }}
{{- end }}
{{- end }}
{{- if and (ne .Values.lake.connector.configVersion "0.2") .Values.lake.connector.config.deltalake.routes }}
{{- range $route := .Values.lake.connector.config.deltalake.routes }}

[[deltalake.routes]]
from = {{ $route.from | toJson }}
subscription = {{ $route.subscription | toJson }}
{{- if $route.expected_schema_subject }}
expected_schema_subject = {{ $route.expected_schema_subject | toJson }}
{{- end }}
to = {{ $route.to | toJson }}
write_mode = {{ dig "write_mode" "append" $route | toJson }}
include_danube_metadata = {{ dig "include_danube_metadata" false $route }}
{{- if not (kindIs "invalid" $route.batch_size) }}
batch_size = {{ $route.batch_size | int }}
{{- end }}
{{- if not (kindIs "invalid" $route.flush_interval_ms) }}
flush_interval_ms = {{ $route.flush_interval_ms | int }}
{{- end }}
{{- range $fieldmapping := $route.field_mappings }}

[[deltalake.routes.field_mappings]]
json_path = {{ $fieldmapping.json_path | toJson }}
column = {{ $fieldmapping.column | toJson }}
data_type = {{ $fieldmapping.data_type | toJson }}
nullable = {{ dig "nullable" true $fieldmapping }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The steps of the bootstrap Job, in their order.
*/}}
{{- define "iot-lakehouse.lake.connector.bootstrap.plan" -}}
{{- range $namespace := .Values.lake.bootstrap.namespaces }}
namespace {{ $namespace }}
{{- end }}
{{- range $key, $value := .Values.lake.bootstrap.schemas }}
schema {{ $key }} {{ dig "type" "json_schema" $value }} {{ dig "compatibility" "backward" $value }}
{{- end }}
{{- range $key, $value := .Values.lake.bootstrap.topics }}
topic {{ $key }} {{ dig "partitions" 0 $value | int }} {{ dig "dispatchStrategy" "non_reliable" $value }}
{{- end }}
{{- range $key, $value := .Values.lake.bootstrap.topics }}
{{- if $value.schema }}
topic_schema {{ $key }} {{ ($value.schema).subject }} {{ dig "validationPolicy" "warn" $value.schema }} {{ ternary
    "payload" "no_payload" (dig "payloadValidation" false $value.schema) }}
{{- end }}
{{- end }}
{{- end }}

{{/*
All that the bootstrap Job is made of: a Job cannot change.
*/}}
{{- define "iot-lakehouse.lake.connector.bootstrap.content" -}}
chart: {{ .Chart.Version | toJson }}
bootstrap: {{ .Values.lake.bootstrap | toJson }}
image: {{ include "iot-lakehouse.image" (dict "image" .Values.lake.bootstrap.image "registry"
    .Values.global.imageRegistry) | toJson }}
imagePullSecrets: {{ .Values.global.imagePullSecrets | toJson }}
labels:
  app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | toJson }}
  app.kubernetes.io/instance: {{ .Release.Name | toJson }}
  app.kubernetes.io/component: connector-lake-bootstrap
  app.kubernetes.io/part-of: danube
  {{- range $key, $value := omit (merge (dict) .Values.lake.bootstrap.podLabels .Values.commonLabels) "helm.sh/chart"
      "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by"
      "app.kubernetes.io/part-of" "app.kubernetes.io/component" }}
  {{ $key | toJson }}: {{ $value | toJson }}
  {{- end }}
platformAssignedIds: {{ .Values.platformAssignedIds }}
adminUrl: {{ include "iot-lakehouse.lake.adminUrl" . | toJson }}
brokerHosts: {{ ternary "" (printf "%s-danube-broker-headless.%s.svc.%s" (include "iot-lakehouse.lake.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain)
    (not (empty .Values.lake.connector.config.danube_service_url)) | toJson }}
{{- end }}

{{/*
The name of the bootstrap Job: other content is another Job.
*/}}
{{- define "iot-lakehouse.lake.connector.bootstrap.jobName" -}}
{{- printf "%s-bootstrap-%s" (include "iot-lakehouse.prefix"
    (dict "name" (include "iot-lakehouse.lake.connectorName" .)))
    (include "iot-lakehouse.lake.connector.bootstrap.content" . | sha256sum | trunc 8) }}
{{- end }}

{{/*
What is wrong with connector.config.deltalake.routes: is read by two routes, and only the last of them would get its messages.
*/}}
{{- define "iot-lakehouse.lake.routesOfOneTopic" -}}
{{- range $index, $route := .Values.lake.connector.config.deltalake.routes }}
{{- range $index2, $route2 := $.Values.lake.connector.config.deltalake.routes }}
{{- if and (lt (int $index) (int $index2)) (eq $route.from $route2.from) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What the names of all objects start with.
*/}}
{{- define "iot-lakehouse.rows.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "iot-lakehouse.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "iot-lakehouse.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "iot-lakehouse.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "iot-lakehouse.rows.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "iot-lakehouse.rows.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "iot-lakehouse.rows.selectorLabels" . | nindent 0 }}
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
{{- define "iot-lakehouse.rows.connectorName" -}}
{{- printf "%s-connector-rows" (include "iot-lakehouse.rows.fullname" .) }}
{{- end }}

{{/*
What the names of the objects of danube-core start with.
*/}}
{{- define "iot-lakehouse.rows.corePrefix" -}}
{{- include "iot-lakehouse.prefix" (dict "name" (include "iot-lakehouse.core.fullname" . | default .Release.Name)) }}
{{- end }}

{{/*
The client port of the brokers.
*/}}
{{- define "iot-lakehouse.rows.serviceUrl" -}}
{{- if .Values.rows.connector.config.danube_service_url }}
{{- .Values.rows.connector.config.danube_service_url }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "iot-lakehouse.rows.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain (int .Values.core.broker.ports.client) }}
{{- end }}
{{- end }}

{{/*
The admin port of the brokers.
*/}}
{{- define "iot-lakehouse.rows.adminUrl" -}}
{{- if .Values.rows.connector.config.danube_service_url }}
{{- printf "%s:%d" (regexReplaceAll ":[0-9]+$" .Values.rows.connector.config.danube_service_url "")
    (int .Values.core.broker.ports.admin) }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "iot-lakehouse.rows.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain (int .Values.core.broker.ports.admin) }}
{{- end }}
{{- end }}

{{/*
What is wrong with objectLabels: is set for every object already.
*/}}
{{- define "iot-lakehouse.rows.repeatedLabels" -}}
{{- range $key, $value := .Values.rows.objectLabels }}
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
{{- define "iot-lakehouse.rows.connector.repeatedVariables" -}}
{{- range $envItem := .Values.rows.connector.extraEnv }}
{{- if or (hasKey $.Values.rows.connector.env $envItem.name)
    (has $envItem.name (list "CONNECTOR_CONFIG_PATH" "DANUBE_SERVICE_URL" "CONNECTOR_NAME")) }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.clickhouse.routes: has a subscription that only one of several pods would get messages of.
*/}}
{{- define "iot-lakehouse.rows.routesOfOnePod" -}}
{{- range $route := .Values.rows.connector.config.clickhouse.routes }}
{{- if not (or (le (int $.Values.rows.connector.replicaCount) 1)
    (eq (dig "subscription_type" "Shared" $route) "Shared")) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.clickhouse.routes: has schema_mode explicit without columns, or columns without it.
*/}}
{{- define "iot-lakehouse.rows.routesWithoutColumns" -}}
{{- range $route := .Values.rows.connector.config.clickhouse.routes }}
{{- if not (or (and (eq (dig "schema_mode" "passthrough" $route) "explicit") (not (kindIs "invalid" $route.columns)))
    (and (ne (dig "schema_mode" "passthrough" $route) "explicit") (kindIs "invalid" $route.columns))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.clickhouse.routes: makes its table without knowing the columns.
*/}}
{{- define "iot-lakehouse.rows.tablesWithoutColumns" -}}
{{- range $route := .Values.rows.connector.config.clickhouse.routes }}
{{- if not (or (not (dig "auto_create_table" false $route))
    (ne (dig "schema_mode" "passthrough" $route) "passthrough")) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.clickhouse.routes: makes its table without a sorting key.
*/}}
{{- define "iot-lakehouse.rows.tablesWithoutOrder" -}}
{{- range $route := .Values.rows.connector.config.clickhouse.routes }}
{{- if not (or (not (dig "auto_create_table" false $route)) (not (kindIs "invalid" $route.order_by))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.clickhouse.routes: says how to make a table, and makes none.
*/}}
{{- define "iot-lakehouse.rows.keysWithoutTable" -}}
{{- range $route := .Values.rows.connector.config.clickhouse.routes }}
{{- if not (or (dig "auto_create_table" false $route)
    (not (or (ne (dig "engine" "MergeTree" $route) "MergeTree") (not (kindIs "invalid" $route.order_by))
    (not (kindIs "invalid" $route.primary_key)) (ne (dig "partition_by" "none" $route) "none")
    (not (kindIs "invalid" $route.ttl_column)) (not (kindIs "invalid" $route.on_cluster))
    (not (kindIs "invalid" $route.table_settings))))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.clickhouse.routes: has partition_by that does not go with partition_column or partition_expression.
*/}}
{{- define "iot-lakehouse.rows.partitionsWithoutKey" -}}
{{- range $route := .Values.rows.connector.config.clickhouse.routes }}
{{- if not (and (or (and (or (eq (dig "partition_by" "none" $route) "none")
    (eq (dig "partition_by" "none" $route) "expression")) (kindIs "invalid" $route.partition_column))
    (and (not (or (eq (dig "partition_by" "none" $route) "none") (eq (dig "partition_by" "none" $route) "expression")))
    (not (kindIs "invalid" $route.partition_column))))
    (or (and (eq (dig "partition_by" "none" $route) "expression") (not (kindIs "invalid" $route.partition_expression)))
    (and (ne (dig "partition_by" "none" $route) "expression") (kindIs "invalid" $route.partition_expression)))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.clickhouse.routes: has one of ttl_column and ttl_days.
*/}}
{{- define "iot-lakehouse.rows.ttlWithoutHalf" -}}
{{- range $route := .Values.rows.connector.config.clickhouse.routes }}
{{- if not (or (and (not (kindIs "invalid" $route.ttl_column)) (not (kindIs "invalid" $route.ttl_days)))
    (not (or (not (kindIs "invalid" $route.ttl_column)) (not (kindIs "invalid" $route.ttl_days))))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The configuration of the connector.
*/}}
{{- define "iot-lakehouse.rows.config" -}}
danube_service_url = {{ include "iot-lakehouse.rows.serviceUrl" . | toJson }}
connector_name = {{ .Values.rows.connector.config.connector_name | default
    (include "iot-lakehouse.rows.connectorName" .) | toJson }}

[retry]
max_retries = {{ .Values.rows.connector.config.retry.max_retries | int }}
retry_backoff_ms = {{ .Values.rows.connector.config.retry.retry_backoff_ms | int }}
max_backoff_ms = {{ .Values.rows.connector.config.retry.max_backoff_ms | int }}

[processing]
batch_size = {{ .Values.rows.connector.config.processing.batch_size | int }}
metrics_port = {{ .Values.rows.connector.metricsPort | int }}
batch_timeout_ms = {{ .Values.rows.connector.config.processing.batch_timeout_ms | int }}
health_check_interval_ms = {{ .Values.rows.connector.config.processing.health_check_interval_ms | int }}
health_check_failure_threshold = {{ .Values.rows.connector.config.processing.health_check_failure_threshold | int }}

[clickhouse]
url = {{ .Values.rows.connector.config.clickhouse.url | toJson }}
database = {{ .Values.rows.connector.config.clickhouse.database | toJson }}
{{- if .Values.rows.connector.config.clickhouse.username }}
username = {{ .Values.rows.connector.config.clickhouse.username | toJson }}
{{- end }}
{{- if .Values.rows.connector.config.clickhouse.roles }}
roles = {{ .Values.rows.connector.config.clickhouse.roles | toJson }}
{{- end }}
compression = {{ .Values.rows.connector.config.clickhouse.compression | toJson }}
{{- if not (kindIs "invalid" .Values.rows.connector.config.clickhouse.compression_level) }}
compression_level = {{ .Values.rows.connector.config.clickhouse.compression_level | int }}
{{- end }}
send_timeout_secs = {{ .Values.rows.connector.config.clickhouse.send_timeout_secs | int }}
insert_timeout_secs = {{ .Values.rows.connector.config.clickhouse.insert_timeout_secs | int }}
max_insert_rows = {{ .Values.rows.connector.config.clickhouse.max_insert_rows | int }}
max_insert_bytes = {{ .Values.rows.connector.config.clickhouse.max_insert_bytes | int }}
max_concurrent_inserts = {{ .Values.rows.connector.config.clickhouse.max_concurrent_inserts | int }}

[clickhouse.tls]
insecure_skip_verify = {{ .Values.rows.connector.config.clickhouse.tls.insecure_skip_verify }}
{{- if .Values.rows.connector.certificates.caSecret }}
ca_cert_path = {{ printf "/etc/danube-connector/ca/%s" .Values.rows.connector.certificates.caKey | toJson }}
{{- end }}
{{- if .Values.rows.connector.certificates.clientSecret }}
client_cert_path = {{ printf "/etc/danube-connector/client/%s" .Values.rows.connector.certificates.certKey | toJson }}
client_key_path = {{ printf "/etc/danube-connector/client/%s" .Values.rows.connector.certificates.keyKey | toJson }}
{{- end }}

[clickhouse.async_insert]
enabled = {{ .Values.rows.connector.config.clickhouse.async_insert.enabled }}
wait = {{ .Values.rows.connector.config.clickhouse.async_insert.wait }}
wait_timeout_secs = {{ .Values.rows.connector.config.clickhouse.async_insert.wait_timeout_secs | int }}
max_data_size = {{ .Values.rows.connector.config.clickhouse.async_insert.max_data_size | int }}
busy_timeout_ms = {{ .Values.rows.connector.config.clickhouse.async_insert.busy_timeout_ms | int }}
busy_timeout_min_ms = {{ .Values.rows.connector.config.clickhouse.async_insert.busy_timeout_min_ms | int }}
adaptive_busy_timeout = {{ .Values.rows.connector.config.clickhouse.async_insert.adaptive_busy_timeout }}
max_query_number = {{ .Values.rows.connector.config.clickhouse.async_insert.max_query_number | int }}
deduplicate = {{ .Values.rows.connector.config.clickhouse.async_insert.deduplicate }}
{{- if .Values.rows.connector.config.clickhouse.settings }}

[clickhouse.settings]
{{- range $key, $value := .Values.rows.connector.config.clickhouse.settings }}
{{ $key | toJson }} = {{ $value | toJson }}
{{- end }}
{{- end }}
{{- range $route := .Values.rows.connector.config.clickhouse.routes }}

[[clickhouse.routes]]
from = {{ $route.from | toJson }}
subscription = {{ $route.subscription | toJson }}
{{- if $route.expected_schema_subject }}
expected_schema_subject = {{ $route.expected_schema_subject | toJson }}
{{- end }}
subscription_type = {{ dig "subscription_type" "Shared" $route | toJson }}
include_danube_metadata = {{ dig "include_danube_metadata" true $route }}
on_invalid = {{ dig "on_invalid" "fail" $route | toJson }}
to = {{ $route.to | toJson }}
schema_mode = {{ dig "schema_mode" "passthrough" $route | toJson }}
unknown_fields = {{ dig "unknown_fields" "ignore" $route | toJson }}
datetime_parsing = {{ dig "datetime_parsing" "best_effort" $route | toJson }}
null_as_default = {{ dig "null_as_default" true $route }}
metadata_prefix = {{ dig "metadata_prefix" "_danube_" $route | toJson }}
deduplication_token = {{ dig "deduplication_token" "batch_hash" $route | toJson }}
{{- if not (kindIs "invalid" $route.async_insert) }}
async_insert = {{ $route.async_insert }}
{{- end }}
auto_create_table = {{ dig "auto_create_table" false $route }}
engine = {{ dig "engine" "MergeTree" $route | toJson }}
{{- if $route.order_by }}
order_by = {{ $route.order_by | toJson }}
{{- end }}
{{- if $route.primary_key }}
primary_key = {{ $route.primary_key | toJson }}
{{- end }}
partition_by = {{ dig "partition_by" "none" $route | toJson }}
{{- if $route.partition_column }}
partition_column = {{ $route.partition_column | toJson }}
{{- end }}
{{- if $route.partition_expression }}
partition_expression = {{ $route.partition_expression | toJson }}
{{- end }}
{{- if $route.ttl_column }}
ttl_column = {{ $route.ttl_column | toJson }}
{{- end }}
{{- if not (kindIs "invalid" $route.ttl_days) }}
ttl_days = {{ $route.ttl_days | int }}
{{- end }}
{{- if $route.on_cluster }}
on_cluster = {{ $route.on_cluster | toJson }}
{{- end }}
{{- range $column := $route.columns }}

[[clickhouse.routes.columns]]
json_path = {{ $column.json_path | toJson }}
column = {{ $column.column | toJson }}
type = {{ $column.type | toJson }}
nullable = {{ dig "nullable" false $column }}
{{- if $column.default }}
default = {{ $column.default | toJson }}
{{- end }}
{{- if $column.codec }}
codec = {{ $column.codec | toJson }}
{{- end }}
{{- end }}
{{- if $route.table_settings }}

[clickhouse.routes.table_settings]
{{- range $key, $value := $route.table_settings }}
{{ $key | toJson }} = {{ $value | toJson }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The steps of the bootstrap Job, in their order.
*/}}
{{- define "iot-lakehouse.rows.connector.bootstrap.plan" -}}
{{- range $namespace := .Values.rows.bootstrap.namespaces }}
namespace {{ $namespace }}
{{- end }}
{{- range $key, $value := .Values.rows.bootstrap.schemas }}
schema {{ $key }} {{ dig "type" "json_schema" $value }} {{ dig "compatibility" "backward" $value }}
{{- end }}
{{- range $key, $value := .Values.rows.bootstrap.topics }}
topic {{ $key }} {{ dig "partitions" 0 $value | int }} {{ dig "dispatchStrategy" "non_reliable" $value }}
{{- end }}
{{- range $key, $value := .Values.rows.bootstrap.topics }}
{{- if $value.schema }}
topic_schema {{ $key }} {{ ($value.schema).subject }} {{ dig "validationPolicy" "warn" $value.schema }} {{ ternary
    "payload" "no_payload" (dig "payloadValidation" false $value.schema) }}
{{- end }}
{{- end }}
{{- end }}

{{/*
All that the bootstrap Job is made of: a Job cannot change.
*/}}
{{- define "iot-lakehouse.rows.connector.bootstrap.content" -}}
chart: {{ .Chart.Version | toJson }}
bootstrap: {{ .Values.rows.bootstrap | toJson }}
image: {{ include "iot-lakehouse.image" (dict "image" .Values.rows.bootstrap.image "registry"
    .Values.global.imageRegistry) | toJson }}
imagePullSecrets: {{ .Values.global.imagePullSecrets | toJson }}
labels:
  app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | toJson }}
  app.kubernetes.io/instance: {{ .Release.Name | toJson }}
  app.kubernetes.io/component: connector-rows-bootstrap
  app.kubernetes.io/part-of: danube
  {{- range $key, $value := omit (merge (dict) .Values.rows.bootstrap.podLabels .Values.commonLabels) "helm.sh/chart"
      "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by"
      "app.kubernetes.io/part-of" "app.kubernetes.io/component" }}
  {{ $key | toJson }}: {{ $value | toJson }}
  {{- end }}
platformAssignedIds: {{ .Values.platformAssignedIds }}
adminUrl: {{ include "iot-lakehouse.rows.adminUrl" . | toJson }}
brokerHosts: {{ ternary "" (printf "%s-danube-broker-headless.%s.svc.%s" (include "iot-lakehouse.rows.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain)
    (not (empty .Values.rows.connector.config.danube_service_url)) | toJson }}
{{- end }}

{{/*
The name of the bootstrap Job: other content is another Job.
*/}}
{{- define "iot-lakehouse.rows.connector.bootstrap.jobName" -}}
{{- printf "%s-bootstrap-%s" (include "iot-lakehouse.prefix"
    (dict "name" (include "iot-lakehouse.rows.connectorName" .)))
    (include "iot-lakehouse.rows.connector.bootstrap.content" . | sha256sum | trunc 8) }}
{{- end }}

{{/*
What is wrong with connector.config.clickhouse.routes: is read by two routes, and only the last of them would get its messages.
*/}}
{{- define "iot-lakehouse.rows.routesOfOneTopic" -}}
{{- range $index, $route := .Values.rows.connector.config.clickhouse.routes }}
{{- range $index2, $route2 := $.Values.rows.connector.config.clickhouse.routes }}
{{- if and (lt (int $index) (int $index2)) (eq $route.from $route2.from) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
