{{/*
A prefix for names that is valid for every kind: long or unusual release names
are cut and end in a checksum, so that they stay unique.
*/}}
{{- define "rag-pipeline.prefix" -}}
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
{{- define "rag-pipeline.core.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "rag-pipeline.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "rag-pipeline.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "rag-pipeline.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "rag-pipeline.core.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "rag-pipeline.core.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "rag-pipeline.core.selectorLabels" . | nindent 0 }}
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
{{- define "rag-pipeline.repository" -}}
{{- if .registry }}
{{- printf "%s/%s" .registry (regexReplaceAll "^([^/]*[.:][^/]*|localhost)/" .image.repository "") }}
{{- else }}
{{- .image.repository }}
{{- end }}
{{- end }}

{{/*
The reference of an image: by its digest if it has one, else by its tag.
*/}}
{{- define "rag-pipeline.image" -}}
{{- if .image.digest }}
{{- printf "%s@%s" (include "rag-pipeline.repository" (dict "image" .image "registry" .registry)) .image.digest }}
{{- else }}
{{- printf "%s:%s" (include "rag-pipeline.repository" (dict "image" .image "registry" .registry)) .image.tag }}
{{- end }}
{{- end }}

{{/*
The service account of a component: one that is made, or one by name.
*/}}
{{- define "rag-pipeline.serviceAccountName" -}}
{{- if .serviceAccount.create }}
{{- .serviceAccount.name | default .made }}
{{- else }}
{{- .serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{/*
What is wrong with objectLabels: is set for every object already.
*/}}
{{- define "rag-pipeline.core.repeatedLabels" -}}
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
{{- define "rag-pipeline.core.broker.repeatedVariables" -}}
{{- range $envItem := .Values.core.broker.extraEnv }}
{{- if hasKey $.Values.core.broker.env $envItem.name }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with etcd.extraEnv: is set already, by the chart or its env, and cannot be there twice.
*/}}
{{- define "rag-pipeline.core.etcd.repeatedVariables" -}}
{{- range $envItem := .Values.core.etcd.extraEnv }}
{{- if hasKey $.Values.core.etcd.env $envItem.name }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with prometheus.extraEnv: is set already, by the chart or its env, and cannot be there twice.
*/}}
{{- define "rag-pipeline.core.prometheus.repeatedVariables" -}}
{{- range $envItem := .Values.core.prometheus.extraEnv }}
{{- if hasKey $.Values.core.prometheus.env $envItem.name }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The DNS domain of the etcd members: <pod name>.<this>.
*/}}
{{- define "rag-pipeline.core.etcdMembersDomain" -}}
{{- printf "%s-etcd-headless.%s.svc.%s" (include "rag-pipeline.core.fullname" .) .Release.Namespace
    (.Values.core.etcd.cluster.domain | default .Values.clusterDomain) }}
{{- end }}

{{/*
The members and their addresses: name=url,name=url.
*/}}
{{- define "rag-pipeline.core.etcdInitialCluster" -}}
{{- $fullname := include "rag-pipeline.core.fullname" . -}}
{{- range $ordinal := until (int .Values.core.etcd.replicaCount) }}
{{- if $ordinal }},{{ end }}
{{- printf "%s-etcd-%d=%s://%s-etcd-%d.%s:%d" $fullname (int $ordinal)
    (ternary "https" "http" (ne $.Values.core.etcd.peerTLS.mode "off")) $fullname (int $ordinal)
    (include "rag-pipeline.core.etcdMembersDomain" $)
    (ternary (int $.Values.core.etcd.peerTLS.port) (int $.Values.core.etcd.service.peerPort)
    (ne $.Values.core.etcd.peerTLS.mode "off")) }}
{{- end }}
{{- end }}

{{/*
The address that programs listen on.
*/}}
{{- define "rag-pipeline.core.anyAddress" -}}
{{- if has "IPv6" .Values.core.ipFamilies }}
{{- "[::]" }}
{{- else }}
{{- "0.0.0.0" }}
{{- end }}
{{- end }}

{{/*
Where the brokers find etcd: the one of this release or an external one.
*/}}
{{- define "rag-pipeline.core.etcdHost" -}}
{{- if .Values.core.etcd.enabled }}
{{- printf "%s-etcd.%s.svc.%s" (include "rag-pipeline.core.fullname" .) .Release.Namespace .Values.clusterDomain }}
{{- else }}
{{- .Values.core.etcd.external.host }}
{{- end }}
{{- end }}

{{/*
The address of a broker that clients are sent to, with placeholders.
*/}}
{{- define "rag-pipeline.core.advertisedAddrTemplate" -}}
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
{{- define "rag-pipeline.core.advertisedAddress" -}}
{{- include "rag-pipeline.core.advertisedAddrTemplate" . | replace "{headlessService}"
    (printf "%s-danube-broker-headless" (include "rag-pipeline.core.fullname" .)) | replace "{namespace}"
    .Release.Namespace | replace "{clusterDomain}" .Values.clusterDomain | replace "{port}"
    (.Values.core.broker.ports.client | int | toString) }}
{{- end }}

{{/*
The address of one broker, as its pod computes it.
*/}}
{{- define "rag-pipeline.advertisedAddressOf" -}}
{{- .pattern | replace "{nodePort}" (add (int .nodePortBase) (int .ordinal) | toString) | replace "{ordinal}"
    (.ordinal | int | toString) | replace "{podName}" (printf "%s-%d" .brokers (int .ordinal)) }}
{{- end }}

{{/*
The host in that address.
*/}}
{{- define "rag-pipeline.advertisedHostOf" -}}
{{- regexReplaceAll ":[^:]*$" (include "rag-pipeline.advertisedAddressOf"
    (dict "pattern" .pattern "brokers" .brokers "ordinal" .ordinal "nodePortBase" .nodePortBase)) "" }}
{{- end }}

{{/*
Not empty where a script has to compute the address that a broker advertises.
*/}}
{{- define "rag-pipeline.core.needsStartScript" -}}
{{- if regexMatch "\\{(ordinal|nodePort|nodeIP|nodeName|loadBalancer)\\}"
    (include "rag-pipeline.core.advertisedAddrTemplate" .) }}
{{- "true" }}
{{- else }}
{{- "" }}
{{- end }}
{{- end }}

{{/*
danube_broker.yml
*/}}
{{- define "rag-pipeline.core.brokerConfig" -}}
cluster_name: {{ .Values.global.clusterName | toJson }}
broker:
  host: {{ include "rag-pipeline.core.anyAddress" . | toJson }}
  ports:
    client: {{ .Values.core.broker.ports.client | int }}
    admin: {{ .Values.core.broker.ports.admin | int }}
    prometheus: {{ .Values.core.broker.ports.prometheus | int }}
meta_store:
  host: {{ include "rag-pipeline.core.etcdHost" . | toJson }}
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
    etcd_endpoint: "{{ include "rag-pipeline.core.etcdHost" . }}:{{ ternary (int .Values.core.etcd.service.port)
        (int .Values.core.etcd.external.port) .Values.core.etcd.enabled }}"
    in_memory: false
{{- end }}

{{/*
The Secret with the certificate of the brokers.
*/}}
{{- define "rag-pipeline.core.brokerTlsSecret" -}}
{{- .Values.core.broker.tls.secretName | default
    (printf "%s-danube-broker-tls" (include "rag-pipeline.core.fullname" .)) }}
{{- end }}

{{/*
PromQL matchers of the series of the brokers.
*/}}
{{- define "rag-pipeline.core.brokerSeries" -}}
{{- printf "namespace='%s',job='%s-danube-broker'" .Release.Namespace (include "rag-pipeline.core.fullname" .) }}
{{- end }}

{{/*
PromQL matchers of the series of etcd.
*/}}
{{- define "rag-pipeline.core.etcdSeries" -}}
{{- printf "namespace='%s',job='%s-etcd'" .Release.Namespace (include "rag-pipeline.core.fullname" .) }}
{{- end }}

{{/*
alerts.yml, and the spec of the PrometheusRule
*/}}
{{- define "rag-pipeline.core.alerts" -}}
{{- $fullname := include "rag-pipeline.core.fullname" . -}}
{{- $brokerSeries := include "rag-pipeline.core.brokerSeries" . -}}
{{- $etcdSeries := include "rag-pipeline.core.etcdSeries" . -}}
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
{{- define "rag-pipeline.core.prometheusConfig" -}}
{{- $fullname := include "rag-pipeline.core.fullname" . -}}
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
{{- define "rag-pipeline.milliseconds" -}}
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
{{- define "rag-pipeline.core.brokerUrl" -}}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "rag-pipeline.core.fullname" .) .Release.Namespace
    .Values.clusterDomain (int .Values.core.broker.ports.client) }}
{{- end }}

{{/*
Where helm test finds it.
*/}}
{{- define "rag-pipeline.core.etcdUrl" -}}
{{- printf "http://%s-etcd.%s.svc.%s:%d" (include "rag-pipeline.core.fullname" .) .Release.Namespace
    .Values.clusterDomain (int .Values.core.etcd.service.port) }}
{{- end }}

{{/*
Where helm test finds it.
*/}}
{{- define "rag-pipeline.core.prometheusUrl" -}}
{{- printf "http://%s-prometheus.%s.svc.%s:%d" (include "rag-pipeline.core.fullname" .) .Release.Namespace
    .Values.clusterDomain (int .Values.core.prometheus.service.port) }}
{{- end }}

{{/*
What the names of all objects start with.
*/}}
{{- define "rag-pipeline.admin.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "rag-pipeline.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "rag-pipeline.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "rag-pipeline.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "rag-pipeline.admin.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "rag-pipeline.admin.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "rag-pipeline.admin.selectorLabels" . | nindent 0 }}
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
{{- define "rag-pipeline.admin.corePrefix" -}}
{{- include "rag-pipeline.prefix" (dict "name" (include "rag-pipeline.core.fullname" . | default .Release.Name)) }}
{{- end }}

{{/*
The admin port of the brokers.
*/}}
{{- define "rag-pipeline.admin.brokerEndpoint" -}}
{{- if .Values.admin.admin.config.brokerEndpoint }}
{{- if regexMatch "^https?://" .Values.admin.admin.config.brokerEndpoint }}
{{- .Values.admin.admin.config.brokerEndpoint }}
{{- else }}
{{- printf "http://%s" .Values.admin.admin.config.brokerEndpoint }}
{{- end }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "rag-pipeline.admin.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain (int .Values.core.broker.ports.admin) }}
{{- end }}
{{- end }}

{{/*
The Prometheus server that scrapes the brokers.
*/}}
{{- define "rag-pipeline.admin.prometheusUrl" -}}
{{- if .Values.admin.admin.config.prometheusUrl }}
{{- .Values.admin.admin.config.prometheusUrl }}
{{- else }}
{{- printf "http://%s-prometheus.%s.svc.%s:%d" (include "rag-pipeline.admin.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain (int .Values.core.prometheus.service.port) }}
{{- end }}
{{- end }}

{{/*
What is wrong with objectLabels: is set for every object already.
*/}}
{{- define "rag-pipeline.admin.repeatedLabels" -}}
{{- range $key, $value := .Values.admin.objectLabels }}
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
What is wrong with admin.extraEnv: is set already, by the chart or its env, and cannot be there twice.
*/}}
{{- define "rag-pipeline.admin.admin.repeatedVariables" -}}
{{- range $envItem := .Values.admin.admin.extraEnv }}
{{- if hasKey $.Values.admin.admin.env $envItem.name }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with adminUI.extraEnv: is set already, by the chart or its env, and cannot be there twice.
*/}}
{{- define "rag-pipeline.admin.adminUI.repeatedVariables" -}}
{{- range $envItem := .Values.admin.adminUI.extraEnv }}
{{- if hasKey $.Values.admin.adminUI.env $envItem.name }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The address that programs listen on.
*/}}
{{- define "rag-pipeline.admin.anyAddress" -}}
{{- if has "IPv6" .Values.admin.ipFamilies }}
{{- "[::]" }}
{{- else }}
{{- "0.0.0.0" }}
{{- end }}
{{- end }}

{{/*
The admin server of this release, for the web interface.
*/}}
{{- define "rag-pipeline.admin.adminAddress" -}}
{{- printf "%s-danube-admin.%s.svc.%s:%d" (include "rag-pipeline.admin.fullname" .) .Release.Namespace
    .Values.clusterDomain (int .Values.admin.admin.service.port) }}
{{- end }}

{{/*
nginx.conf
*/}}
{{- define "rag-pipeline.admin.adminUIConfig" -}}
worker_processes 1;
pid /tmp/nginx.pid;
error_log stderr warn;
daemon off;

events {
  worker_connections 1024;
}

http {
  access_log /dev/stdout;
  server_tokens off;
  sendfile on;
  client_body_temp_path /tmp/client_body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;

  default_type application/octet-stream;
  types {
    text/html html;
    text/css css;
    text/plain txt;
    application/javascript js mjs;
    application/json json map;
    application/manifest+json webmanifest;
    image/svg+xml svg;
    image/png png;
    image/jpeg jpg jpeg;
    image/webp webp;
    image/x-icon ico;
    font/woff woff;
    font/woff2 woff2;
  }

  gzip on;
  gzip_types text/css application/javascript application/json image/svg+xml;

  # The names of assets hold a hash of their content; the page that names them does not.
  map $uri $cache_control {
    default no-cache;
    ~^/assets/ "public, max-age=31536000, immutable";
    ~^/ui/ no-store;
  }

  server {
    listen 8080;
{{- if eq (include "rag-pipeline.admin.anyAddress" .) "[::]" }}
    listen [::]:8080;
{{- end }}
    root /usr/share/nginx/html;
    index index.html;
    absolute_redirect off;

    set $policy '';
    add_header Cache-Control $cache_control;
    add_header X-Content-Type-Options nosniff always;
    add_header X-Frame-Options DENY always;
    add_header Referrer-Policy same-origin always;
    set $policy "${policy}default-src 'self'; ";
    set $policy "${policy}style-src 'self' 'unsafe-inline' https://fonts.googleapis.com; ";
    set $policy "${policy}font-src 'self' data: https://fonts.gstatic.com; ";
    set $policy "${policy}img-src 'self' data:; ";
    set $policy "${policy}object-src 'none'; ";
    set $policy "${policy}base-uri 'self'; ";
    set $policy "${policy}form-action 'self'; ";
    set $policy "${policy}frame-ancestors 'none'; ";
    add_header Content-Security-Policy $policy always;

    location = /healthz {
      access_log off;
      default_type text/plain;
      return 200 "ok\n";
    }

    location /ui/ {
      proxy_pass http://{{ include "rag-pipeline.admin.adminAddress" . }};
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      # A password for the Ingress is not for the server.
      proxy_set_header Authorization "";
      proxy_connect_timeout 5s;
      proxy_read_timeout 60s;
      # The server lets pages of any origin in; only ours need it.
      proxy_hide_header Access-Control-Allow-Origin;
      proxy_hide_header Access-Control-Allow-Credentials;
      proxy_hide_header Access-Control-Allow-Headers;
      proxy_hide_header Access-Control-Allow-Methods;
    }

    sub_filter_types application/javascript;
    sub_filter_once off;
    sub_filter http://localhost:8080 '';

    location /assets/ {
      try_files $uri =404;
    }

    # Any other address is one of the router in the page.
    location / {
      try_files $uri /index.html;
    }
  }
}
{{- end }}

{{/*
What the names of all objects start with.
*/}}
{{- define "rag-pipeline.topics.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "rag-pipeline.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "rag-pipeline.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "rag-pipeline.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "rag-pipeline.topics.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "rag-pipeline.topics.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "rag-pipeline.topics.selectorLabels" . | nindent 0 }}
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
{{- define "rag-pipeline.topics.corePrefix" -}}
{{- include "rag-pipeline.prefix" (dict "name" (include "rag-pipeline.core.fullname" . | default .Release.Name)) }}
{{- end }}

{{/*
The steps of the bootstrap Job, in their order.
*/}}
{{- define "rag-pipeline.topics.plan" -}}
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
{{- define "rag-pipeline.topics.content" -}}
chart: {{ .Chart.Version | toJson }}
bootstrap: {{ .Values.topics.bootstrap | toJson }}
image: {{ include "rag-pipeline.image" (dict "image" .Values.topics.bootstrap.image "registry"
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
adminUrl: "http://{{ include "rag-pipeline.topics.corePrefix" . }}-danube-broker.{{ "" | default
    .Release.Namespace }}.svc.{{ .Values.clusterDomain }}:{{ .Values.core.broker.ports.admin | int }}"
brokerHosts: {{ include "rag-pipeline.topics.corePrefix" . }}-danube-broker-headless.{{ "" | default
    .Release.Namespace }}.svc.{{ .Values.clusterDomain }}
{{- end }}

{{/*
The name of the bootstrap Job: other content is another Job.
*/}}
{{- define "rag-pipeline.topics.jobName" -}}
{{- printf "%s-bootstrap-%s" (include "rag-pipeline.prefix"
    (dict "name" (printf "%s-topics" (include "rag-pipeline.topics.fullname" .))))
    (include "rag-pipeline.topics.content" . | sha256sum | trunc 8) }}
{{- end }}

{{/*
What the names of all objects start with.
*/}}
{{- define "rag-pipeline.webhook.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "rag-pipeline.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "rag-pipeline.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "rag-pipeline.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "rag-pipeline.webhook.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "rag-pipeline.webhook.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "rag-pipeline.webhook.selectorLabels" . | nindent 0 }}
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
{{- define "rag-pipeline.webhook.connectorName" -}}
{{- printf "%s-connector-webhook" (include "rag-pipeline.webhook.fullname" .) }}
{{- end }}

{{/*
What the names of the objects of danube-core start with.
*/}}
{{- define "rag-pipeline.webhook.corePrefix" -}}
{{- include "rag-pipeline.prefix" (dict "name" (include "rag-pipeline.core.fullname" . | default .Release.Name)) }}
{{- end }}

{{/*
The client port of the brokers.
*/}}
{{- define "rag-pipeline.webhook.serviceUrl" -}}
{{- if .Values.webhook.connector.config.danube_service_url }}
{{- .Values.webhook.connector.config.danube_service_url }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "rag-pipeline.webhook.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain (int .Values.core.broker.ports.client) }}
{{- end }}
{{- end }}

{{/*
The admin port of the brokers.
*/}}
{{- define "rag-pipeline.webhook.adminUrl" -}}
{{- if .Values.webhook.connector.config.danube_service_url }}
{{- printf "%s:%d" (regexReplaceAll ":[0-9]+$" .Values.webhook.connector.config.danube_service_url "")
    (int .Values.core.broker.ports.admin) }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "rag-pipeline.webhook.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain (int .Values.core.broker.ports.admin) }}
{{- end }}
{{- end }}

{{/*
What is wrong with objectLabels: is set for every object already.
*/}}
{{- define "rag-pipeline.webhook.repeatedLabels" -}}
{{- range $key, $value := .Values.webhook.objectLabels }}
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
{{- define "rag-pipeline.webhook.connector.repeatedVariables" -}}
{{- range $envItem := .Values.webhook.connector.extraEnv }}
{{- if or (hasKey $.Values.webhook.connector.env $envItem.name)
    (has $envItem.name (list "CONNECTOR_CONFIG_PATH" "DANUBE_SERVICE_URL" "CONNECTOR_NAME")) }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.routes: is a path of the server itself.
*/}}
{{- define "rag-pipeline.webhook.pathsOfTheServer" -}}
{{- range $route := .Values.webhook.connector.config.routes }}
{{- if or (eq $route.from "/health") (eq $route.from "/ready") }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.routes: is the path of two routes.
*/}}
{{- define "rag-pipeline.webhook.routesOfOnePath" -}}
{{- range $index, $route := .Values.webhook.connector.config.routes }}
{{- range $index2, $route2 := $.Values.webhook.connector.config.routes }}
{{- if and (lt (int $index) (int $index2)) (eq $route.from $route2.from) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.routes: is made in two ways, and the last of the routes would win.
*/}}
{{- define "rag-pipeline.webhook.topicsMadeTwice" -}}
{{- range $index, $route := .Values.webhook.connector.config.routes }}
{{- range $index2, $route2 := $.Values.webhook.connector.config.routes }}
{{- if and (lt (int $index) (int $index2)) (eq $route.to $route2.to)
    (or (ne (dig "partitions" 0 $route | int) (dig "partitions" 0 $route2 | int))
    (ne (dig "reliable_dispatch" false $route) (dig "reliable_dispatch" false $route2))) }}
{{ $route.to }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The paths that are served.
*/}}
{{- define "rag-pipeline.webhook.pathsOfRoutes" -}}
{{- range $route := .Values.webhook.connector.config.routes }}
<{{ $route.from }}>
{{- end }}
{{- end }}

{{/*
What is wrong with connector.ingress.paths: is the path of no route.
*/}}
{{- define "rag-pipeline.webhook.pathsWithoutRoute" -}}
{{- range $path := .Values.webhook.connector.ingress.paths }}
{{- if not (contains (printf "<%s>" $path.path) (include "rag-pipeline.webhook.pathsOfRoutes" $)) }}
{{ $path.path }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.ingress.paths: is published twice.
*/}}
{{- define "rag-pipeline.webhook.pathsTwice" -}}
{{- range $index, $path := .Values.webhook.connector.ingress.paths }}
{{- range $index2, $path2 := $.Values.webhook.connector.ingress.paths }}
{{- if and (lt (int $index) (int $index2)) (eq $path.path $path2.path) }}
{{ $path.path }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The address that programs listen on.
*/}}
{{- define "rag-pipeline.webhook.anyAddress" -}}
{{- if has "IPv6" .Values.webhook.ipFamilies }}
{{- "[::]" }}
{{- else }}
{{- "0.0.0.0" }}
{{- end }}
{{- end }}

{{/*
The configuration of the connector.
*/}}
{{- define "rag-pipeline.webhook.config" -}}
danube_service_url = {{ include "rag-pipeline.webhook.serviceUrl" . | toJson }}
connector_name = {{ .Values.webhook.connector.config.connector_name | default
    (include "rag-pipeline.webhook.connectorName" .) | toJson }}

[processing]
batch_size = {{ .Values.webhook.connector.config.processing.batch_size | int }}
{{- if ne .Values.webhook.connector.configVersion "0.2" }}
metrics_port = {{ .Values.webhook.connector.metricsPort | int }}
{{- end }}
poll_interval_ms = {{ .Values.webhook.connector.config.processing.poll_interval_ms | int }}
{{- if ne .Values.webhook.connector.configVersion "0.2" }}
health_check_interval_ms = {{ .Values.webhook.connector.config.processing.health_check_interval_ms | int }}
health_check_failure_threshold = {{ .Values.webhook.connector.config.processing.health_check_failure_threshold | int }}
{{- end }}
{{- range $schema := .Values.webhook.connector.config.schemas }}

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

[server]
host = {{ ternary (include "rag-pipeline.webhook.anyAddress" .) .Values.webhook.connector.config.server.host
    (eq .Values.webhook.connector.config.server.host "0.0.0.0") | toJson }}
port = {{ .Values.webhook.connector.config.server.port | int }}
timeout_seconds = {{ .Values.webhook.connector.config.server.timeout_seconds | int }}
max_body_size = {{ .Values.webhook.connector.config.server.max_body_size | int }}

[auth]
type = {{ .Values.webhook.connector.config.auth.type | toJson }}
{{- if ne .Values.webhook.connector.config.auth.type "none" }}
secret_env = {{ .Values.webhook.connector.config.auth.secret_env | toJson }}
{{- end }}
{{- if or (eq .Values.webhook.connector.config.auth.type "apikey")
    (eq .Values.webhook.connector.config.auth.type "hmac") }}
header = {{ .Values.webhook.connector.config.auth.header | toJson }}
{{- end }}
{{- if eq .Values.webhook.connector.config.auth.type "hmac" }}
algorithm = {{ .Values.webhook.connector.config.auth.algorithm | toJson }}
{{- end }}
{{- if and (eq .Values.webhook.connector.configVersion "0.2") .Values.webhook.connector.config.routes }}
{{- range $route := .Values.webhook.connector.config.routes }}

[[endpoints]]
path = {{ $route.from | toJson }}
danube_topic = {{ $route.to | toJson }}
partitions = {{ dig "partitions" 0 $route | int }}
reliable_dispatch = {{ dig "reliable_dispatch" false $route }}
{{- end }}
{{- end }}
{{- if and (ne .Values.webhook.connector.configVersion "0.2") .Values.webhook.connector.config.routes }}
{{- range $route := .Values.webhook.connector.config.routes }}

[[routes]]
from = {{ $route.from | toJson }}
to = {{ $route.to | toJson }}
partitions = {{ dig "partitions" 0 $route | int }}
reliable_dispatch = {{ dig "reliable_dispatch" false $route }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The steps of the bootstrap Job, in their order.
*/}}
{{- define "rag-pipeline.webhook.connector.bootstrap.plan" -}}
{{- range $namespace := .Values.webhook.bootstrap.namespaces }}
namespace {{ $namespace }}
{{- end }}
{{- range $key, $value := .Values.webhook.bootstrap.schemas }}
schema {{ $key }} {{ dig "type" "json_schema" $value }} {{ dig "compatibility" "backward" $value }}
{{- end }}
{{- range $key, $value := .Values.webhook.bootstrap.topics }}
topic {{ $key }} {{ dig "partitions" 0 $value | int }} {{ dig "dispatchStrategy" "non_reliable" $value }}
{{- end }}
{{- range $key, $value := .Values.webhook.bootstrap.topics }}
{{- if $value.schema }}
topic_schema {{ $key }} {{ ($value.schema).subject }} {{ dig "validationPolicy" "warn" $value.schema }} {{ ternary
    "payload" "no_payload" (dig "payloadValidation" false $value.schema) }}
{{- end }}
{{- end }}
{{- end }}

{{/*
All that the bootstrap Job is made of: a Job cannot change.
*/}}
{{- define "rag-pipeline.webhook.connector.bootstrap.content" -}}
chart: {{ .Chart.Version | toJson }}
bootstrap: {{ .Values.webhook.bootstrap | toJson }}
image: {{ include "rag-pipeline.image" (dict "image" .Values.webhook.bootstrap.image "registry"
    .Values.global.imageRegistry) | toJson }}
imagePullSecrets: {{ .Values.global.imagePullSecrets | toJson }}
labels:
  app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | toJson }}
  app.kubernetes.io/instance: {{ .Release.Name | toJson }}
  app.kubernetes.io/component: connector-webhook-bootstrap
  app.kubernetes.io/part-of: danube
  {{- range $key, $value := omit (merge (dict) .Values.webhook.bootstrap.podLabels .Values.commonLabels) "helm.sh/chart"
      "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by"
      "app.kubernetes.io/part-of" "app.kubernetes.io/component" }}
  {{ $key | toJson }}: {{ $value | toJson }}
  {{- end }}
platformAssignedIds: {{ .Values.platformAssignedIds }}
adminUrl: {{ include "rag-pipeline.webhook.adminUrl" . | toJson }}
brokerHosts: {{ ternary "" (printf "%s-danube-broker-headless.%s.svc.%s" (include "rag-pipeline.webhook.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain)
    (not (empty .Values.webhook.connector.config.danube_service_url)) | toJson }}
{{- end }}

{{/*
The name of the bootstrap Job: other content is another Job.
*/}}
{{- define "rag-pipeline.webhook.connector.bootstrap.jobName" -}}
{{- printf "%s-bootstrap-%s" (include "rag-pipeline.prefix"
    (dict "name" (include "rag-pipeline.webhook.connectorName" .)))
    (include "rag-pipeline.webhook.connector.bootstrap.content" . | sha256sum | trunc 8) }}
{{- end }}

{{/*
What is wrong with connector.config.schemas: has no file of schemaFiles, or has one although its type needs none.
*/}}
{{- define "rag-pipeline.webhook.schemasWithoutFile" -}}
{{- range $schema := .Values.webhook.connector.config.schemas }}
{{- if not (or (and (or (eq $schema.schema_type "json_schema") (eq $schema.schema_type "json")
    (eq $schema.schema_type "avro")) (hasKey $.Values.webhook.connector.schemaFiles ($schema.schema_file | default "")))
    (and (not (or (eq $schema.schema_type "json_schema") (eq $schema.schema_type "json")
    (eq $schema.schema_type "avro"))) (not $schema.schema_file))) }}
{{ $schema.subject }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.schemas: has a version without need, or none although its version_strategy needs one.
*/}}
{{- define "rag-pipeline.webhook.schemasWithoutVersion" -}}
{{- range $schema := .Values.webhook.connector.config.schemas }}
{{- if not (or (and (eq (dig "version_strategy" "latest" $schema) "latest") (kindIs "invalid" $schema.version))
    (and (ne (dig "version_strategy" "latest" $schema) "latest") (not (kindIs "invalid" $schema.version)))) }}
{{ $schema.subject }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The topics that are written.
*/}}
{{- define "rag-pipeline.webhook.topicsOfRoutes" -}}
{{- range $route := .Values.webhook.connector.config.routes }}
<{{ $route.to }}>
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.schemas: is the topic of no route.
*/}}
{{- define "rag-pipeline.webhook.topicsWithoutRoute" -}}
{{- range $schema := .Values.webhook.connector.config.schemas }}
{{- if not (contains (printf "<%s>" $schema.topic) (include "rag-pipeline.webhook.topicsOfRoutes" $)) }}
{{ $schema.topic }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What the names of all objects start with.
*/}}
{{- define "rag-pipeline.qdrant.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "rag-pipeline.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "rag-pipeline.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "rag-pipeline.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "rag-pipeline.qdrant.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "rag-pipeline.qdrant.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "rag-pipeline.qdrant.selectorLabels" . | nindent 0 }}
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
{{- define "rag-pipeline.qdrant.connectorName" -}}
{{- printf "%s-connector-qdrant" (include "rag-pipeline.qdrant.fullname" .) }}
{{- end }}

{{/*
What the names of the objects of danube-core start with.
*/}}
{{- define "rag-pipeline.qdrant.corePrefix" -}}
{{- include "rag-pipeline.prefix" (dict "name" (include "rag-pipeline.core.fullname" . | default .Release.Name)) }}
{{- end }}

{{/*
The client port of the brokers.
*/}}
{{- define "rag-pipeline.qdrant.serviceUrl" -}}
{{- if .Values.qdrant.connector.config.danube_service_url }}
{{- .Values.qdrant.connector.config.danube_service_url }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "rag-pipeline.qdrant.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain (int .Values.core.broker.ports.client) }}
{{- end }}
{{- end }}

{{/*
The admin port of the brokers.
*/}}
{{- define "rag-pipeline.qdrant.adminUrl" -}}
{{- if .Values.qdrant.connector.config.danube_service_url }}
{{- printf "%s:%d" (regexReplaceAll ":[0-9]+$" .Values.qdrant.connector.config.danube_service_url "")
    (int .Values.core.broker.ports.admin) }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "rag-pipeline.qdrant.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain (int .Values.core.broker.ports.admin) }}
{{- end }}
{{- end }}

{{/*
What is wrong with objectLabels: is set for every object already.
*/}}
{{- define "rag-pipeline.qdrant.repeatedLabels" -}}
{{- range $key, $value := .Values.qdrant.objectLabels }}
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
{{- define "rag-pipeline.qdrant.connector.repeatedVariables" -}}
{{- range $envItem := .Values.qdrant.connector.extraEnv }}
{{- if or (hasKey $.Values.qdrant.connector.env $envItem.name)
    (has $envItem.name (list "CONNECTOR_CONFIG_PATH" "DANUBE_SERVICE_URL" "CONNECTOR_NAME")) }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.qdrant.routes: has batch_size or batch_timeout_ms, which configVersion 0.3 has for all routes only.
*/}}
{{- define "rag-pipeline.qdrant.batchesOfRoutes" -}}
{{- range $route := .Values.qdrant.connector.config.qdrant.routes }}
{{- if not (or (eq $.Values.qdrant.connector.configVersion "0.2")
    (not (or (not (kindIs "invalid" $route.batch_size)) (not (kindIs "invalid" $route.batch_timeout_ms))))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The configuration of the connector.
*/}}
{{- define "rag-pipeline.qdrant.config" -}}
danube_service_url = {{ include "rag-pipeline.qdrant.serviceUrl" . | toJson }}
connector_name = {{ .Values.qdrant.connector.config.connector_name | default
    (include "rag-pipeline.qdrant.connectorName" .) | toJson }}

[retry]
max_retries = {{ .Values.qdrant.connector.config.retry.max_retries | int }}
retry_backoff_ms = {{ .Values.qdrant.connector.config.retry.retry_backoff_ms | int }}
max_backoff_ms = {{ .Values.qdrant.connector.config.retry.max_backoff_ms | int }}

[processing]
batch_size = {{ .Values.qdrant.connector.config.processing.batch_size | int }}
{{- if ne .Values.qdrant.connector.configVersion "0.2" }}
metrics_port = {{ .Values.qdrant.connector.metricsPort | int }}
{{- end }}
batch_timeout_ms = {{ .Values.qdrant.connector.config.processing.batch_timeout_ms | int }}
{{- if ne .Values.qdrant.connector.configVersion "0.2" }}
health_check_interval_ms = {{ .Values.qdrant.connector.config.processing.health_check_interval_ms | int }}
health_check_failure_threshold = {{ .Values.qdrant.connector.config.processing.health_check_failure_threshold | int }}
{{- end }}

[qdrant]
url = "http://qdrant.vectors:6334"
timeout_secs = {{ .Values.qdrant.connector.config.qdrant.timeout_secs | int }}
{{- if eq .Values.qdrant.connector.configVersion "0.2" }}
batch_size = {{ .Values.qdrant.connector.config.processing.batch_size | int }}
batch_timeout_ms = {{ .Values.qdrant.connector.config.processing.batch_timeout_ms | int }}
{{- if .Values.qdrant.connector.config.qdrant.routes }}
{{- range $route := .Values.qdrant.connector.config.qdrant.routes }}

[[qdrant.topic_mappings]]
topic = {{ $route.from | toJson }}
subscription = {{ $route.subscription | toJson }}
{{- if $route.expected_schema_subject }}
expected_schema_subject = {{ $route.expected_schema_subject | toJson }}
{{- end }}
subscription_type = {{ dig "subscription_type" "Exclusive" $route | toJson }}
collection_name = {{ $route.to | toJson }}
vector_dimension = {{ $route.vector_dimension | int }}
distance = {{ dig "distance" "Cosine" $route | toJson }}
auto_create_collection = {{ dig "auto_create_collection" true $route }}
include_danube_metadata = {{ dig "include_danube_metadata" true $route }}
{{- if not (kindIs "invalid" $route.batch_size) }}
batch_size = {{ $route.batch_size | int }}
{{- end }}
{{- if not (kindIs "invalid" $route.batch_timeout_ms) }}
batch_timeout_ms = {{ $route.batch_timeout_ms | int }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- if and (ne .Values.qdrant.connector.configVersion "0.2") .Values.qdrant.connector.config.qdrant.routes }}
{{- range $route := .Values.qdrant.connector.config.qdrant.routes }}

[[qdrant.routes]]
from = {{ $route.from | toJson }}
subscription = {{ $route.subscription | toJson }}
{{- if $route.expected_schema_subject }}
expected_schema_subject = {{ $route.expected_schema_subject | toJson }}
{{- end }}
subscription_type = {{ dig "subscription_type" "Exclusive" $route | toJson }}
to = {{ $route.to | toJson }}
vector_dimension = {{ $route.vector_dimension | int }}
distance = {{ dig "distance" "Cosine" $route | toJson }}
auto_create_collection = {{ dig "auto_create_collection" true $route }}
include_danube_metadata = {{ dig "include_danube_metadata" true $route }}
{{- if not (kindIs "invalid" $route.batch_size) }}
batch_size = {{ $route.batch_size | int }}
{{- end }}
{{- if not (kindIs "invalid" $route.batch_timeout_ms) }}
batch_timeout_ms = {{ $route.batch_timeout_ms | int }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The steps of the bootstrap Job, in their order.
*/}}
{{- define "rag-pipeline.qdrant.connector.bootstrap.plan" -}}
{{- range $namespace := .Values.qdrant.bootstrap.namespaces }}
namespace {{ $namespace }}
{{- end }}
{{- range $key, $value := .Values.qdrant.bootstrap.schemas }}
schema {{ $key }} {{ dig "type" "json_schema" $value }} {{ dig "compatibility" "backward" $value }}
{{- end }}
{{- range $key, $value := .Values.qdrant.bootstrap.topics }}
topic {{ $key }} {{ dig "partitions" 0 $value | int }} {{ dig "dispatchStrategy" "non_reliable" $value }}
{{- end }}
{{- range $key, $value := .Values.qdrant.bootstrap.topics }}
{{- if $value.schema }}
topic_schema {{ $key }} {{ ($value.schema).subject }} {{ dig "validationPolicy" "warn" $value.schema }} {{ ternary
    "payload" "no_payload" (dig "payloadValidation" false $value.schema) }}
{{- end }}
{{- end }}
{{- end }}

{{/*
All that the bootstrap Job is made of: a Job cannot change.
*/}}
{{- define "rag-pipeline.qdrant.connector.bootstrap.content" -}}
chart: {{ .Chart.Version | toJson }}
bootstrap: {{ .Values.qdrant.bootstrap | toJson }}
image: {{ include "rag-pipeline.image" (dict "image" .Values.qdrant.bootstrap.image "registry"
    .Values.global.imageRegistry) | toJson }}
imagePullSecrets: {{ .Values.global.imagePullSecrets | toJson }}
labels:
  app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | toJson }}
  app.kubernetes.io/instance: {{ .Release.Name | toJson }}
  app.kubernetes.io/component: connector-qdrant-bootstrap
  app.kubernetes.io/part-of: danube
  {{- range $key, $value := omit (merge (dict) .Values.qdrant.bootstrap.podLabels .Values.commonLabels) "helm.sh/chart"
      "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by"
      "app.kubernetes.io/part-of" "app.kubernetes.io/component" }}
  {{ $key | toJson }}: {{ $value | toJson }}
  {{- end }}
platformAssignedIds: {{ .Values.platformAssignedIds }}
adminUrl: {{ include "rag-pipeline.qdrant.adminUrl" . | toJson }}
brokerHosts: {{ ternary "" (printf "%s-danube-broker-headless.%s.svc.%s" (include "rag-pipeline.qdrant.corePrefix" .)
    ("" | default .Release.Namespace) .Values.clusterDomain)
    (not (empty .Values.qdrant.connector.config.danube_service_url)) | toJson }}
{{- end }}

{{/*
The name of the bootstrap Job: other content is another Job.
*/}}
{{- define "rag-pipeline.qdrant.connector.bootstrap.jobName" -}}
{{- printf "%s-bootstrap-%s" (include "rag-pipeline.prefix"
    (dict "name" (include "rag-pipeline.qdrant.connectorName" .)))
    (include "rag-pipeline.qdrant.connector.bootstrap.content" . | sha256sum | trunc 8) }}
{{- end }}

{{/*
What is wrong with connector.config.qdrant.routes: is read by two routes, and only the last of them would get its messages.
*/}}
{{- define "rag-pipeline.qdrant.routesOfOneTopic" -}}
{{- range $index, $route := .Values.qdrant.connector.config.qdrant.routes }}
{{- range $index2, $route2 := $.Values.qdrant.connector.config.qdrant.routes }}
{{- if and (lt (int $index) (int $index2)) (eq $route.from $route2.from) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
