{{/*
A prefix for names that is valid for every kind: long or unusual release names
are cut and end in a checksum, so that they stay unique.
*/}}
{{- define "danube-core.prefix" -}}
{{- if regexMatch "^[a-z]([a-z0-9-]{0,34}[a-z0-9])?$" .name }}
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
{{- range $ordinal := until (int .Values.etcd.replicaCount) }}
{{- if $ordinal }},{{ end }}
{{- printf "%s-etcd-%d=http://%s-etcd-%d.%s:%d" (include "danube-core.fullname" $) (int $ordinal)
    (include "danube-core.fullname" $) (int $ordinal) (include "danube-core.etcdMembersDomain" $)
    (int $.Values.etcd.service.peerPort) }}
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
danube_broker.yml
*/}}
{{- define "danube-core.brokerConfig" -}}
cluster_name: {{ .Values.global.clusterName | toJson }}
broker:
  host: 0.0.0.0
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
The address of a broker that clients are sent to; Kubernetes puts its name in.
*/}}
{{- define "danube-core.advertisedAddress" -}}
{{- printf "$(POD_NAME).%s-danube-broker-headless.%s.svc.%s:%d" (include "danube-core.fullname" .) .Release.Namespace
    .Values.clusterDomain (int .Values.broker.ports.client) }}
{{- end }}

{{/*
prometheus.yml
*/}}
{{- define "danube-core.prometheusConfig" -}}
global:
  scrape_interval: {{ .Values.prometheus.scrapeInterval | toJson }}
  evaluation_interval: {{ .Values.prometheus.scrapeInterval | toJson }}
scrape_configs:
  - job_name: prometheus
    static_configs:
      - targets:
          - localhost:9090
  - job_name: danube-broker
    kubernetes_sd_configs:
      - role: endpoints
        namespaces:
          names:
            - {{ .Release.Namespace | toJson }}
    relabel_configs:
      - source_labels:
          - __meta_kubernetes_service_name
          - __meta_kubernetes_endpoint_port_name
        regex: "{{ include "danube-core.fullname" . }}-danube-broker-headless;prometheus"
        action: keep
      - source_labels:
          - __meta_kubernetes_namespace
        target_label: namespace
      - source_labels:
          - __meta_kubernetes_pod_name
        target_label: pod
  {{- if .Values.etcd.enabled }}
  - job_name: etcd
    kubernetes_sd_configs:
      - role: endpoints
        namespaces:
          names:
            - {{ .Release.Namespace | toJson }}
    relabel_configs:
      - source_labels:
          - __meta_kubernetes_service_name
          - __meta_kubernetes_endpoint_port_name
        regex: "{{ include "danube-core.fullname" . }}-etcd-headless;metrics"
        action: keep
      - source_labels:
          - __meta_kubernetes_namespace
        target_label: namespace
      - source_labels:
          - __meta_kubernetes_pod_name
        target_label: pod
  {{- end }}
{{- end }}
