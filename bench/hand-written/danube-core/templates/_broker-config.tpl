{{/* danube_broker.yml */}}
{{- define "core.brokerConfig" -}}
cluster_name: {{ .Values.global.clusterName | quote }}
{{- with .Values.broker.ports }}
broker:
  host: {{ include "core.anyAddress" $ | quote }}
  ports:
    client: {{ .client | int }}
    admin: {{ .admin | int }}
    prometheus: {{ .prometheus | int }}
{{- end }}
meta_store:
  host: {{ include "core.etcdHost" . | quote }}
  port: {{ include "core.etcdPort" . }}
{{- with .Values.broker.config }}
bootstrap_namespaces: {{ toJson .bootstrapNamespaces }}
auto_create_topics: {{ .autoCreateTopics }}
auth:
  mode: {{ .auth.mode }}
  {{- if eq .auth.mode "tls" }}
  tls:
    cert_file: /etc/danube/tls/tls.crt
    key_file: /etc/danube/tls/tls.key
    ca_file: /etc/danube/tls/ca.crt
    verify_client: false
  {{- end }}
{{- with .policies }}
policies:
  max_producers_per_topic: {{ .maxProducersPerTopic | int }}
  max_subscriptions_per_topic: {{ .maxSubscriptionsPerTopic | int }}
  max_consumers_per_topic: {{ .maxConsumersPerTopic | int }}
  max_consumers_per_subscription: {{ .maxConsumersPerSubscription | int }}
  max_publish_rate: {{ .maxPublishRate | int }}
  max_subscription_dispatch_rate: {{ .maxSubscriptionDispatchRate | int }}
  max_message_size: {{ .maxMessageSize | int }}
{{- end }}
load_manager:
  assignment_strategy: {{ .assignmentStrategy }}
  load_report_interval_seconds: {{ .loadReportIntervalSeconds | int }}
  {{- with .rebalancing }}
  rebalancing:
    enabled: {{ .enabled }}
    aggressiveness: {{ .aggressiveness }}
    check_interval_seconds: {{ .checkIntervalSeconds | int }}
    max_moves_per_hour: {{ .maxMovesPerHour | int }}
    cooldown_seconds: {{ .cooldownSeconds | int }}
    min_brokers_for_rebalance: {{ .minBrokersForRebalance | int }}
    min_topic_age_seconds: {{ .minTopicAgeSeconds | int }}
    blacklist_topics: {{ toJson .blacklistTopics }}
  {{- end }}
{{- with .storage }}
wal_cloud:
  wal:
    dir: {{ .walDir | quote }}
    file_name: {{ .walFileName | quote }}
    cache_capacity: {{ .walCacheCapacity | int }}
    file_sync:
      interval_ms: {{ .walFileSync.intervalMs | int }}
      max_batch_bytes: {{ .walFileSync.maxBatchBytes | int }}
    rotation:
      max_bytes: {{ .walRotation.maxBytes | int }}
      {{- if not (kindIs "invalid" .walRotation.maxHours) }}
      max_hours: {{ .walRotation.maxHours | int }}
      {{- end }}
    retention:
      time_minutes: {{ .walRetention.timeMinutes | int }}
      size_mb: {{ .walRetention.sizeMb | int }}
      check_interval_minutes: {{ .walRetention.checkIntervalMinutes | int }}
  uploader:
    enabled: {{ .uploaderEnabled }}
    interval_seconds: {{ .uploader.intervalSeconds | int }}
    root_prefix: {{ .uploader.rootPrefix | quote }}
    {{- if not (kindIs "invalid" .uploader.maxObjectMb) }}
    max_object_mb: {{ .uploader.maxObjectMb | int }}
    {{- end }}
  cloud:
    backend: {{ .cloudBackend }}
    root: {{ .cloudRoot | quote }}
    {{- if eq .cloudBackend "s3" }}
    region: {{ .s3.region | quote }}
    {{- with .s3.endpoint }}
    endpoint: {{ . | quote }}
    {{- end }}
    {{- if not (kindIs "invalid" .s3.virtualHostStyle) }}
    virtual_host_style: {{ .s3.virtualHostStyle }}
    {{- end }}
    {{- else if eq .cloudBackend "azblob" }}
    endpoint: {{ .azblob.endpoint | quote }}
    {{- with .azblob.accountName }}
    account_name: {{ . | quote }}
    {{- end }}
    {{- end }}
  metadata:
    etcd_endpoint: "{{ include "core.etcdHost" $ }}:{{ include "core.etcdPort" $ }}"
    in_memory: false
{{- end }}
{{- end }}
{{- end }}
