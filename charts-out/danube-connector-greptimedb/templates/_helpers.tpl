{{/*
A prefix for names that is valid for every kind: long or unusual release names
are cut and end in a checksum, so that they stay unique.
*/}}
{{- define "danube-connector-greptimedb.prefix" -}}
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
{{- define "danube-connector-greptimedb.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "danube-connector-greptimedb.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "danube-connector-greptimedb.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "danube-connector-greptimedb.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "danube-connector-greptimedb.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "danube-connector-greptimedb.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "danube-connector-greptimedb.selectorLabels" . | nindent 0 }}
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
{{- define "danube-connector-greptimedb.repository" -}}
{{- if .registry }}
{{- printf "%s/%s" .registry (regexReplaceAll "^([^/]*[.:][^/]*|localhost)/" .image.repository "") }}
{{- else }}
{{- .image.repository }}
{{- end }}
{{- end }}

{{/*
The reference of an image: by its digest if it has one, else by its tag.
*/}}
{{- define "danube-connector-greptimedb.image" -}}
{{- if .image.digest }}
{{- printf "%s@%s" (include "danube-connector-greptimedb.repository" (dict "image" .image "registry" .registry))
    .image.digest }}
{{- else }}
{{- printf "%s:%s" (include "danube-connector-greptimedb.repository" (dict "image" .image "registry" .registry))
    .image.tag }}
{{- end }}
{{- end }}

{{/*
The service account of a component: one that is made, or one by name.
*/}}
{{- define "danube-connector-greptimedb.serviceAccountName" -}}
{{- if .serviceAccount.create }}
{{- .serviceAccount.name | default .made }}
{{- else }}
{{- .serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{/*
Name of the Deployment of the connector.
*/}}
{{- define "danube-connector-greptimedb.connectorName" -}}
{{- printf "%s-connector-%s" (include "danube-connector-greptimedb.fullname" .)
    (.Chart.Name | trimPrefix "danube-connector-") }}
{{- end }}

{{/*
What the names of the objects of danube-core start with.
*/}}
{{- define "danube-connector-greptimedb.corePrefix" -}}
{{- include "danube-connector-greptimedb.prefix" (dict "name" (.Values.core.releaseName | default .Release.Name)) }}
{{- end }}

{{/*
The client port of the brokers.
*/}}
{{- define "danube-connector-greptimedb.serviceUrl" -}}
{{- if .Values.connector.config.danube_service_url }}
{{- .Values.connector.config.danube_service_url }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "danube-connector-greptimedb.corePrefix" .)
    (.Values.core.namespace | default .Release.Namespace) .Values.clusterDomain (int .Values.core.clientPort) }}
{{- end }}
{{- end }}

{{/*
The admin port of the brokers.
*/}}
{{- define "danube-connector-greptimedb.adminUrl" -}}
{{- if .Values.connector.config.danube_service_url }}
{{- printf "%s:%d" (regexReplaceAll ":[0-9]+$" .Values.connector.config.danube_service_url "")
    (int .Values.core.adminPort) }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "danube-connector-greptimedb.corePrefix" .)
    (.Values.core.namespace | default .Release.Namespace) .Values.clusterDomain (int .Values.core.adminPort) }}
{{- end }}
{{- end }}

{{/*
What is wrong with objectLabels: is set for every object already.
*/}}
{{- define "danube-connector-greptimedb.repeatedLabels" -}}
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
The milliseconds of a time of one number and one unit.
*/}}
{{- define "danube-connector-greptimedb.milliseconds" -}}
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
What is wrong with connector.extraEnv: is set already, by the chart or its env, and cannot be there twice.
*/}}
{{- define "danube-connector-greptimedb.connector.repeatedVariables" -}}
{{- range $envItem := .Values.connector.extraEnv }}
{{- if or (hasKey $.Values.connector.env $envItem.name)
    (has $envItem.name (list "CONNECTOR_CONFIG_PATH" "DANUBE_SERVICE_URL" "CONNECTOR_NAME")) }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.greptimedb.routes: has a subscription that only one of several pods would get messages of.
*/}}
{{- define "danube-connector-greptimedb.routesOfOnePod" -}}
{{- range $route := .Values.connector.config.greptimedb.routes }}
{{- if not (or (le (int $.Values.connector.replicaCount) 1) (eq (dig "subscription_type" "Shared" $route) "Shared")) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.greptimedb.routes: has metrics or events and no fields.
*/}}
{{- define "danube-connector-greptimedb.routesWithoutFields" -}}
{{- range $route := .Values.connector.config.greptimedb.routes }}
{{- if not (or (eq (dig "signal" "metrics" $route) "logs") (eq (dig "signal" "metrics" $route) "traces")
    (not (kindIs "invalid" $route.fields))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.greptimedb.routes: needs the HTTP endpoint.
*/}}
{{- define "danube-connector-greptimedb.routesWithoutHttp" -}}
{{- range $route := .Values.connector.config.greptimedb.routes }}
{{- if not (or $.Values.connector.config.greptimedb.http_endpoint
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
{{- define "danube-connector-greptimedb.bulkTablesWithoutHttp" -}}
{{- range $route := .Values.connector.config.greptimedb.routes }}
{{- if not (or $.Values.connector.config.greptimedb.http_endpoint
    (ne $.Values.connector.config.greptimedb.write_api "bulk") (not (dig "auto_create_table" true $route))
    (and (or (eq (dig "signal" "metrics" $route) "logs") (eq (dig "signal" "metrics" $route) "traces"))
    (kindIs "invalid" $route.fields))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.greptimedb.routes: says how a pipeline reads it, and goes through none.
*/}}
{{- define "danube-connector-greptimedb.pipelinesOfRows" -}}
{{- range $route := .Values.connector.config.greptimedb.routes }}
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
{{- define "danube-connector-greptimedb.rowsOfPipelines" -}}
{{- range $route := .Values.connector.config.greptimedb.routes }}
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
{{- define "danube-connector-greptimedb.mergedAppends" -}}
{{- range $route := .Values.connector.config.greptimedb.routes }}
{{- if and (not (kindIs "invalid" $route.merge_mode))
    (or $route.append_mode (and (kindIs "invalid" $route.append_mode)
    (or $.Values.connector.config.greptimedb.table_defaults.append_mode (eq (dig "signal" "metrics" $route) "logs")
    (eq (dig "signal" "metrics" $route) "traces")))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.greptimedb.routes: has physical_table, which only the engine metric has.
*/}}
{{- define "danube-connector-greptimedb.physicalTablesOfNone" -}}
{{- range $route := .Values.connector.config.greptimedb.routes }}
{{- if not (or (kindIs "invalid" $route.physical_table)
    (eq ($route.engine | default ($.Values.connector.config.greptimedb.table_defaults.engine | default "mito"))
    "metric")) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.greptimedb.routes: is promql_compatible without signal metrics, or with a time column of its own.
*/}}
{{- define "danube-connector-greptimedb.otherSignalsOfPrometheus" -}}
{{- range $route := .Values.connector.config.greptimedb.routes }}
{{- if not (or (not (dig "promql_compatible" false $route))
    (and (eq (dig "signal" "metrics" $route) "metrics") (kindIs "invalid" ($route.time_index).column))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.greptimedb.routes: is promql_compatible with several fields, and a metric has one value.
*/}}
{{- define "danube-connector-greptimedb.fieldsOfPrometheus" -}}
{{- range $route := .Values.connector.config.greptimedb.routes }}
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
{{- define "danube-connector-greptimedb.config" -}}
danube_service_url = {{ include "danube-connector-greptimedb.serviceUrl" . | toJson }}
connector_name = {{ .Values.connector.config.connector_name | default
    (include "danube-connector-greptimedb.connectorName" .) | toJson }}

[retry]
max_retries = {{ .Values.connector.config.retry.max_retries | int }}
retry_backoff_ms = {{ .Values.connector.config.retry.retry_backoff_ms | int }}
max_backoff_ms = {{ .Values.connector.config.retry.max_backoff_ms | int }}

[processing]
batch_size = {{ .Values.connector.config.processing.batch_size | int }}
metrics_port = {{ .Values.connector.metricsPort | int }}
batch_timeout_ms = {{ .Values.connector.config.processing.batch_timeout_ms | int }}
health_check_interval_ms = {{ .Values.connector.config.processing.health_check_interval_ms | int }}
health_check_failure_threshold = {{ .Values.connector.config.processing.health_check_failure_threshold | int }}

[greptimedb]
endpoints = {{ .Values.connector.config.greptimedb.endpoints | toJson }}
{{- if .Values.connector.config.greptimedb.http_endpoint }}
http_endpoint = {{ .Values.connector.config.greptimedb.http_endpoint | toJson }}
{{- end }}
database = {{ .Values.connector.config.greptimedb.database | toJson }}
{{- if .Values.connector.config.greptimedb.username }}
username = {{ .Values.connector.config.greptimedb.username | toJson }}
{{- end }}
write_api = {{ .Values.connector.config.greptimedb.write_api | toJson }}
compression = {{ .Values.connector.config.greptimedb.compression | toJson }}
connect_timeout_secs = {{ .Values.connector.config.greptimedb.connect_timeout_secs | int }}
request_timeout_secs = {{ .Values.connector.config.greptimedb.request_timeout_secs | int }}
auto_create_database = {{ .Values.connector.config.greptimedb.auto_create_database }}
{{- if .Values.connector.config.greptimedb.database_ttl }}
database_ttl = {{ .Values.connector.config.greptimedb.database_ttl | toJson }}
{{- end }}

[greptimedb.bulk]
compression = {{ .Values.connector.config.greptimedb.bulk.compression | toJson }}
parallelism = {{ .Values.connector.config.greptimedb.bulk.parallelism | int }}
timeout_secs = {{ .Values.connector.config.greptimedb.bulk.timeout_secs | int }}

[greptimedb.tls]
enabled = {{ .Values.connector.config.greptimedb.tls.enabled }}
{{- if .Values.connector.certificates.caSecret }}
ca_cert_path = {{ printf "/etc/danube-connector/ca/%s" .Values.connector.certificates.caKey | toJson }}
{{- end }}
{{- if .Values.connector.certificates.clientSecret }}
client_cert_path = {{ printf "/etc/danube-connector/client/%s" .Values.connector.certificates.certKey | toJson }}
client_key_path = {{ printf "/etc/danube-connector/client/%s" .Values.connector.certificates.keyKey | toJson }}
{{- end }}
{{- if or .Values.connector.config.greptimedb.table_defaults.ttl
    (not (kindIs "invalid" .Values.connector.config.greptimedb.table_defaults.append_mode))
    .Values.connector.config.greptimedb.table_defaults.merge_mode
    (not (kindIs "invalid" .Values.connector.config.greptimedb.table_defaults.skip_wal))
    .Values.connector.config.greptimedb.table_defaults.sst_format
    .Values.connector.config.greptimedb.table_defaults.engine
    .Values.connector.config.greptimedb.table_defaults.physical_table
    .Values.connector.config.greptimedb.table_defaults.storage
    (.Values.connector.config.greptimedb.table_defaults.compaction).time_window
    (not (kindIs "invalid" (.Values.connector.config.greptimedb.table_defaults.compaction).trigger_file_num))
    (.Values.connector.config.greptimedb.table_defaults.compaction).max_output_file_size }}

[greptimedb.table_defaults]
{{- if .Values.connector.config.greptimedb.table_defaults.ttl }}
ttl = {{ .Values.connector.config.greptimedb.table_defaults.ttl | toJson }}
{{- end }}
{{- if not (kindIs "invalid" .Values.connector.config.greptimedb.table_defaults.append_mode) }}
append_mode = {{ .Values.connector.config.greptimedb.table_defaults.append_mode }}
{{- end }}
{{- if .Values.connector.config.greptimedb.table_defaults.merge_mode }}
merge_mode = {{ .Values.connector.config.greptimedb.table_defaults.merge_mode | toJson }}
{{- end }}
{{- if not (kindIs "invalid" .Values.connector.config.greptimedb.table_defaults.skip_wal) }}
skip_wal = {{ .Values.connector.config.greptimedb.table_defaults.skip_wal }}
{{- end }}
{{- if .Values.connector.config.greptimedb.table_defaults.sst_format }}
sst_format = {{ .Values.connector.config.greptimedb.table_defaults.sst_format | toJson }}
{{- end }}
{{- if .Values.connector.config.greptimedb.table_defaults.engine }}
engine = {{ .Values.connector.config.greptimedb.table_defaults.engine | toJson }}
{{- end }}
{{- if .Values.connector.config.greptimedb.table_defaults.physical_table }}
physical_table = {{ .Values.connector.config.greptimedb.table_defaults.physical_table | toJson }}
{{- end }}
{{- if .Values.connector.config.greptimedb.table_defaults.storage }}
storage = {{ .Values.connector.config.greptimedb.table_defaults.storage | toJson }}
{{- end }}
{{- if or (.Values.connector.config.greptimedb.table_defaults.compaction).time_window
    (not (kindIs "invalid" (.Values.connector.config.greptimedb.table_defaults.compaction).trigger_file_num))
    (.Values.connector.config.greptimedb.table_defaults.compaction).max_output_file_size }}

[greptimedb.table_defaults.compaction]
{{- if (.Values.connector.config.greptimedb.table_defaults.compaction).time_window }}
time_window = {{ (.Values.connector.config.greptimedb.table_defaults.compaction).time_window | toJson }}
{{- end }}
{{- if not (kindIs "invalid" (.Values.connector.config.greptimedb.table_defaults.compaction).trigger_file_num) }}
trigger_file_num = {{ (.Values.connector.config.greptimedb.table_defaults.compaction).trigger_file_num | int }}
{{- end }}
{{- if (.Values.connector.config.greptimedb.table_defaults.compaction).max_output_file_size }}
max_output_file_size = {{ (.Values.connector.config.greptimedb.table_defaults.compaction).max_output_file_size |
    toJson }}
{{- end }}
{{- end }}
{{- end }}
{{- range $route := .Values.connector.config.greptimedb.routes }}

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
{{- define "danube-connector-greptimedb.connector.bootstrap.plan" -}}
{{- range $namespace := .Values.bootstrap.namespaces }}
namespace {{ $namespace }}
{{- end }}
{{- range $key, $value := .Values.bootstrap.schemas }}
schema {{ $key }} {{ dig "type" "json_schema" $value }} {{ dig "compatibility" "backward" $value }}
{{- end }}
{{- range $key, $value := .Values.bootstrap.topics }}
topic {{ $key }} {{ dig "partitions" 0 $value | int }} {{ dig "dispatchStrategy" "non_reliable" $value }}
{{- end }}
{{- range $key, $value := .Values.bootstrap.topics }}
{{- if $value.schema }}
topic_schema {{ $key }} {{ ($value.schema).subject }} {{ dig "validationPolicy" "warn" $value.schema }} {{ ternary
    "payload" "no_payload" (dig "payloadValidation" false $value.schema) }}
{{- end }}
{{- end }}
{{- end }}

{{/*
All that the bootstrap Job is made of: a Job cannot change.
*/}}
{{- define "danube-connector-greptimedb.connector.bootstrap.content" -}}
chart: {{ .Chart.Version | toJson }}
bootstrap: {{ .Values.bootstrap | toJson }}
image: {{ include "danube-connector-greptimedb.image"
    (dict "image" .Values.bootstrap.image "registry" .Values.global.imageRegistry) | toJson }}
imagePullSecrets: {{ .Values.global.imagePullSecrets | toJson }}
labels:
  app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | toJson }}
  app.kubernetes.io/instance: {{ .Release.Name | toJson }}
  app.kubernetes.io/component: connector-bootstrap
  app.kubernetes.io/part-of: danube
  {{- range $key, $value := omit (merge (dict) .Values.bootstrap.podLabels .Values.commonLabels) "helm.sh/chart"
      "app.kubernetes.io/name" "app.kubernetes.io/instance" "app.kubernetes.io/version" "app.kubernetes.io/managed-by"
      "app.kubernetes.io/part-of" "app.kubernetes.io/component" }}
  {{ $key | toJson }}: {{ $value | toJson }}
  {{- end }}
platformAssignedIds: {{ .Values.platformAssignedIds }}
adminUrl: {{ include "danube-connector-greptimedb.adminUrl" . | toJson }}
brokerHosts: {{ ternary "" (printf "%s-danube-broker-headless.%s.svc.%s"
    (include "danube-connector-greptimedb.corePrefix" .) (.Values.core.namespace | default .Release.Namespace)
    .Values.clusterDomain) (not (empty .Values.connector.config.danube_service_url)) | toJson }}
{{- end }}

{{/*
The name of the bootstrap Job: other content is another Job.
*/}}
{{- define "danube-connector-greptimedb.connector.bootstrap.jobName" -}}
{{- printf "%s-bootstrap-%s" (include "danube-connector-greptimedb.prefix"
    (dict "name" (include "danube-connector-greptimedb.connectorName" .)))
    (include "danube-connector-greptimedb.connector.bootstrap.content" . | sha256sum | trunc 8) }}
{{- end }}

{{/*
What is wrong with connector.config.greptimedb.routes: is read by two routes, and only the last of them would get its messages.
*/}}
{{- define "danube-connector-greptimedb.routesOfOneTopic" -}}
{{- range $index, $route := .Values.connector.config.greptimedb.routes }}
{{- range $index2, $route2 := $.Values.connector.config.greptimedb.routes }}
{{- if and (lt (int $index) (int $index2)) (eq $route.from $route2.from) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
