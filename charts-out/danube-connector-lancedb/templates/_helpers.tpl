{{/*
A prefix for names that is valid for every kind: long or unusual release names
are cut and end in a checksum, so that they stay unique.
*/}}
{{- define "danube-connector-lancedb.prefix" -}}
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
{{- define "danube-connector-lancedb.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "danube-connector-lancedb.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "danube-connector-lancedb.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "danube-connector-lancedb.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "danube-connector-lancedb.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "danube-connector-lancedb.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "danube-connector-lancedb.selectorLabels" . | nindent 0 }}
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
{{- define "danube-connector-lancedb.repository" -}}
{{- if .registry }}
{{- printf "%s/%s" .registry (regexReplaceAll "^([^/]*[.:][^/]*|localhost)/" .image.repository "") }}
{{- else }}
{{- .image.repository }}
{{- end }}
{{- end }}

{{/*
The reference of an image: by its digest if it has one, else by its tag.
*/}}
{{- define "danube-connector-lancedb.image" -}}
{{- if .image.digest }}
{{- printf "%s@%s" (include "danube-connector-lancedb.repository" (dict "image" .image "registry" .registry))
    .image.digest }}
{{- else }}
{{- printf "%s:%s" (include "danube-connector-lancedb.repository" (dict "image" .image "registry" .registry))
    .image.tag }}
{{- end }}
{{- end }}

{{/*
The service account of a component: one that is made, or one by name.
*/}}
{{- define "danube-connector-lancedb.serviceAccountName" -}}
{{- if .serviceAccount.create }}
{{- .serviceAccount.name | default .made }}
{{- else }}
{{- .serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{/*
Name of the Deployment of the connector.
*/}}
{{- define "danube-connector-lancedb.connectorName" -}}
{{- printf "%s-connector-%s" (include "danube-connector-lancedb.fullname" .)
    (.Chart.Name | trimPrefix "danube-connector-") }}
{{- end }}

{{/*
What the names of the objects of danube-core start with.
*/}}
{{- define "danube-connector-lancedb.corePrefix" -}}
{{- include "danube-connector-lancedb.prefix" (dict "name" (.Values.core.releaseName | default .Release.Name)) }}
{{- end }}

{{/*
The client port of the brokers.
*/}}
{{- define "danube-connector-lancedb.serviceUrl" -}}
{{- if .Values.connector.config.danube_service_url }}
{{- .Values.connector.config.danube_service_url }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "danube-connector-lancedb.corePrefix" .)
    (.Values.core.namespace | default .Release.Namespace) .Values.clusterDomain (int .Values.core.clientPort) }}
{{- end }}
{{- end }}

{{/*
The admin port of the brokers.
*/}}
{{- define "danube-connector-lancedb.adminUrl" -}}
{{- if .Values.connector.config.danube_service_url }}
{{- printf "%s:%d" (regexReplaceAll ":[0-9]+$" .Values.connector.config.danube_service_url "")
    (int .Values.core.adminPort) }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "danube-connector-lancedb.corePrefix" .)
    (.Values.core.namespace | default .Release.Namespace) .Values.clusterDomain (int .Values.core.adminPort) }}
{{- end }}
{{- end }}

{{/*
What is wrong with objectLabels: is set for every object already.
*/}}
{{- define "danube-connector-lancedb.repeatedLabels" -}}
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
{{- define "danube-connector-lancedb.milliseconds" -}}
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
{{- define "danube-connector-lancedb.connector.repeatedVariables" -}}
{{- range $envItem := .Values.connector.extraEnv }}
{{- if or (hasKey $.Values.connector.env $envItem.name)
    (has $envItem.name (list "CONNECTOR_CONFIG_PATH" "DANUBE_SERVICE_URL" "CONNECTOR_NAME")) }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.lancedb.routes: has a subscription that only one of several pods would get messages of.
*/}}
{{- define "danube-connector-lancedb.routesOfOnePod" -}}
{{- range $route := .Values.connector.config.lancedb.routes }}
{{- if not (or (le (int $.Values.connector.replicaCount) 1)
    (eq (dig "subscription_type" "Exclusive" $route) "Shared")) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.lancedb.storage_options: is what other keys of config.lancedb say, and they would win.
*/}}
{{- define "danube-connector-lancedb.writtenOptions" -}}
{{- range $key, $value := .Values.connector.config.lancedb.storage_options }}
{{- if or (regexMatch "^(aws_)?(default_)?region$|^(aws_|azure_)?(endpoint|endpoint_url|allow_http)$" $key)
    (regexMatch "^(aws_)?(virtual_hosted_style_request|s3_express|provider_scheme)$" $key)
    (regexMatch "^(aws_)?(server_side_encryption|sse_kms_key_id|sse_bucket_key_enabled)$" $key)
    (regexMatch "^(azure_)?(storage_)?(account_name|use_emulator)$|^(google_)?service_account(_path)?$" $key)
    (regexMatch "^(connect_timeout|timeout|client_max_retries|client_retry_timeout)$" $key)
    (regexMatch "^allow_invalid_certificates$|^new_table_" $key) }}
{{ $key }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.lancedb.storage_options: would stand readable in a ConfigMap.
*/}}
{{- define "danube-connector-lancedb.secretOptions" -}}
{{- range $key, $value := .Values.connector.config.lancedb.storage_options }}
{{- if regexMatch "secret|token|password|access_key|account_key|master_key|sas|api_key|_key$" $key }}
{{ $key }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.lancedb.routes: has write_mode upsert, which merges by the id, and no id.
*/}}
{{- define "danube-connector-lancedb.upsertsWithoutId" -}}
{{- range $route := .Values.connector.config.lancedb.routes }}
{{- if not (or (ne (dig "write_mode" "append" $route) "upsert") (dig "id_json_path" "id" $route)) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.lancedb.routes: has payload_mode columns without field_mappings, or field_mappings without it.
*/}}
{{- define "danube-connector-lancedb.routesWithoutColumns" -}}
{{- range $route := .Values.connector.config.lancedb.routes }}
{{- if not (or (and (eq (dig "payload_mode" "json" $route) "columns") (not (kindIs "invalid" $route.field_mappings)))
    (and (ne (dig "payload_mode" "json" $route) "columns") (kindIs "invalid" $route.field_mappings))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.lancedb.routes: is a column twice; capitals make no difference.
*/}}
{{- define "danube-connector-lancedb.columnsTwice" -}}
{{- range $route := .Values.connector.config.lancedb.routes }}
{{- range $index2, $fieldmapping := $route.field_mappings }}
{{- range $index3, $fieldmapping2 := $route.field_mappings }}
{{- if and (lt (int $index2) (int $index3)) (eq ($fieldmapping.column | lower) ($fieldmapping2.column | lower)) }}
{{ $fieldmapping2.column }} of {{ $route.from }}
{{- end }}
{{- end }}
{{- if or (eq $fieldmapping.column (dig "vector_column" "vector" $route))
    (eq $fieldmapping.column (dig "id_column" "id" $route)) }}
{{ $fieldmapping.column }} of {{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.lancedb.routes: compares bits (distance hamming), and its index numbers.
*/}}
{{- define "danube-connector-lancedb.indicesOfBits" -}}
{{- range $route := .Values.connector.config.lancedb.routes }}
{{- if not (or (ne (dig "distance" "cosine" $route) "hamming")
    (regexMatch "^(none|ivf_flat)$" (($route.index).type | default "none"))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.lancedb.routes: has num_sub_vectors or num_bits, which only the indices pq and rq have.
*/}}
{{- define "danube-connector-lancedb.piecesOfOthers" -}}
{{- range $route := .Values.connector.config.lancedb.routes }}
{{- if not (or (regexMatch "_(pq|rq)$" (($route.index).type | default "none"))
    (not (or (not (kindIs "invalid" ($route.index).num_sub_vectors))
    (not (kindIs "invalid" ($route.index).num_bits))))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.lancedb.routes: has num_edges or ef_construction, which only the indices hnsw have.
*/}}
{{- define "danube-connector-lancedb.edgesOfOthers" -}}
{{- range $route := .Values.connector.config.lancedb.routes }}
{{- if not (or (contains "hnsw" (($route.index).type | default "none"))
    (not (or (not (kindIs "invalid" ($route.index).num_edges))
    (not (kindIs "invalid" ($route.index).ef_construction))))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.lancedb.routes: has num_sub_vectors that does not divide vector_dimension.
*/}}
{{- define "danube-connector-lancedb.piecesThatDoNotFit" -}}
{{- range $route := .Values.connector.config.lancedb.routes }}
{{- if not (kindIs "invalid" ($route.index).num_sub_vectors) }}
{{- if ne (mul (div (int $route.vector_dimension) (int ($route.index).num_sub_vectors))
    (int ($route.index).num_sub_vectors)) (int $route.vector_dimension) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.lancedb.routes: has indices, which only one pod may build, and there are several.
*/}}
{{- define "danube-connector-lancedb.indicesOfSeveralPods" -}}
{{- range $route := .Values.connector.config.lancedb.routes }}
{{- if not (or (le (int $.Values.connector.replicaCount) 1)
    (and (eq (($route.index).type | default "none") "none") (kindIs "invalid" $route.scalar_indices))) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The configuration of the connector.
*/}}
{{- define "danube-connector-lancedb.config" -}}
danube_service_url = {{ include "danube-connector-lancedb.serviceUrl" . | toJson }}
connector_name = {{ .Values.connector.config.connector_name | default
    (include "danube-connector-lancedb.connectorName" .) | toJson }}

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

[lancedb]
{{- if .Values.connector.config.lancedb.uri }}
uri = {{ .Values.connector.config.lancedb.uri | toJson }}
{{- end }}
storage_backend = {{ .Values.connector.config.lancedb.storage_backend | toJson }}
{{- if eq .Values.connector.config.lancedb.storage_backend "s3" }}
{{- if .Values.connector.config.lancedb.s3_region }}
s3_region = {{ .Values.connector.config.lancedb.s3_region | toJson }}
{{- end }}
{{- if .Values.connector.config.lancedb.s3_endpoint }}
s3_endpoint = {{ .Values.connector.config.lancedb.s3_endpoint | toJson }}
{{- end }}
s3_allow_http = {{ .Values.connector.config.lancedb.s3_allow_http }}
s3_virtual_hosted_style = {{ .Values.connector.config.lancedb.s3_virtual_hosted_style }}
s3_express = {{ .Values.connector.config.lancedb.s3_express }}
{{- if .Values.connector.config.lancedb.s3_provider_scheme }}
s3_provider_scheme = {{ .Values.connector.config.lancedb.s3_provider_scheme | toJson }}
{{- end }}
{{- if .Values.connector.config.lancedb.s3_sse }}
s3_sse = {{ .Values.connector.config.lancedb.s3_sse | toJson }}
{{- end }}
{{- if .Values.connector.config.lancedb.s3_sse_kms_key_id }}
s3_sse_kms_key_id = {{ .Values.connector.config.lancedb.s3_sse_kms_key_id | toJson }}
{{- end }}
s3_sse_bucket_key_enabled = {{ .Values.connector.config.lancedb.s3_sse_bucket_key_enabled }}
{{- if .Values.connector.config.lancedb.s3_commit_table }}
s3_commit_table = {{ .Values.connector.config.lancedb.s3_commit_table | toJson }}
{{- end }}
{{- end }}
{{- if eq .Values.connector.config.lancedb.storage_backend "azure" }}
{{- if .Values.connector.config.lancedb.azure_storage_account }}
azure_storage_account = {{ .Values.connector.config.lancedb.azure_storage_account | toJson }}
{{- end }}
{{- if .Values.connector.config.lancedb.azure_endpoint }}
azure_endpoint = {{ .Values.connector.config.lancedb.azure_endpoint | toJson }}
{{- end }}
azure_use_emulator = {{ .Values.connector.config.lancedb.azure_use_emulator }}
{{- end }}
{{- if eq .Values.connector.config.lancedb.storage_backend "cloud" }}
cloud_region = {{ .Values.connector.config.lancedb.cloud_region | toJson }}
{{- if .Values.connector.config.lancedb.cloud_host_override }}
cloud_host_override = {{ .Values.connector.config.lancedb.cloud_host_override | toJson }}
{{- end }}
{{- end }}
connect_timeout_secs = {{ .Values.connector.config.lancedb.connect_timeout_secs | int }}
request_timeout_secs = {{ .Values.connector.config.lancedb.request_timeout_secs | int }}
client_max_retries = {{ .Values.connector.config.lancedb.client_max_retries | int }}
client_retry_timeout_secs = {{ .Values.connector.config.lancedb.client_retry_timeout_secs | int }}
allow_invalid_certificates = {{ .Values.connector.config.lancedb.allow_invalid_certificates }}
max_rows_per_write = {{ .Values.connector.config.lancedb.max_rows_per_write | int }}
write_concurrency = {{ .Values.connector.config.lancedb.write_concurrency | int }}
{{- if .Values.connector.config.lancedb.storage_options }}

[lancedb.storage_options]
{{- range $key, $value := .Values.connector.config.lancedb.storage_options }}
{{ $key | toJson }} = {{ $value | toJson }}
{{- end }}
{{- end }}
{{- if or .Values.connector.config.lancedb.new_table.data_storage_version
    (not (kindIs "invalid" .Values.connector.config.lancedb.new_table.enable_v2_manifest_paths))
    (not (kindIs "invalid" .Values.connector.config.lancedb.new_table.enable_stable_row_ids)) }}

[lancedb.new_table]
{{- if .Values.connector.config.lancedb.new_table.data_storage_version }}
data_storage_version = {{ .Values.connector.config.lancedb.new_table.data_storage_version | toJson }}
{{- end }}
{{- if not (kindIs "invalid" .Values.connector.config.lancedb.new_table.enable_v2_manifest_paths) }}
enable_v2_manifest_paths = {{ .Values.connector.config.lancedb.new_table.enable_v2_manifest_paths }}
{{- end }}
{{- if not (kindIs "invalid" .Values.connector.config.lancedb.new_table.enable_stable_row_ids) }}
enable_stable_row_ids = {{ .Values.connector.config.lancedb.new_table.enable_stable_row_ids }}
{{- end }}
{{- end }}

[lancedb.optimize]
enabled = {{ .Values.connector.config.lancedb.optimize.enabled }}
interval_secs = {{ .Values.connector.config.lancedb.optimize.interval_secs | int }}
compact = {{ .Values.connector.config.lancedb.optimize.compact }}
target_rows_per_fragment = {{ .Values.connector.config.lancedb.optimize.target_rows_per_fragment | int }}
update_indices = {{ .Values.connector.config.lancedb.optimize.update_indices }}
prune_older_than_hours = {{ .Values.connector.config.lancedb.optimize.prune_older_than_hours | int }}
{{- range $route := .Values.connector.config.lancedb.routes }}

[[lancedb.routes]]
from = {{ $route.from | toJson }}
subscription = {{ $route.subscription | toJson }}
{{- if $route.expected_schema_subject }}
expected_schema_subject = {{ $route.expected_schema_subject | toJson }}
{{- end }}
subscription_type = {{ dig "subscription_type" "Exclusive" $route | toJson }}
include_danube_metadata = {{ dig "include_danube_metadata" true $route }}
on_invalid = {{ dig "on_invalid" "fail" $route | toJson }}
to = {{ $route.to | toJson }}
vector_dimension = {{ $route.vector_dimension | int }}
vector_column = {{ dig "vector_column" "vector" $route | toJson }}
vector_json_path = {{ dig "vector_json_path" "vector" $route | toJson }}
vector_type = {{ dig "vector_type" "float32" $route | toJson }}
id_json_path = {{ dig "id_json_path" "id" $route | toJson }}
id_column = {{ dig "id_column" "id" $route | toJson }}
distance = {{ dig "distance" "cosine" $route | toJson }}
auto_create_table = {{ dig "auto_create_table" true $route }}
write_mode = {{ dig "write_mode" "append" $route | toJson }}
payload_mode = {{ dig "payload_mode" "json" $route | toJson }}
payload_column = {{ dig "payload_column" "payload" $route | toJson }}
{{- range $fieldmapping := $route.field_mappings }}

[[lancedb.routes.field_mappings]]
json_path = {{ $fieldmapping.json_path | toJson }}
column = {{ $fieldmapping.column | toJson }}
data_type = {{ $fieldmapping.data_type | toJson }}
nullable = {{ dig "nullable" true $fieldmapping }}
{{- end }}
{{- if or ($route.index).type (not (kindIs "invalid" ($route.index).min_rows))
    (not (kindIs "invalid" ($route.index).num_partitions)) (not (kindIs "invalid" ($route.index).target_partition_size))
    (not (kindIs "invalid" ($route.index).sample_rate)) (not (kindIs "invalid" ($route.index).max_iterations))
    (not (kindIs "invalid" ($route.index).num_sub_vectors)) (not (kindIs "invalid" ($route.index).num_bits))
    (not (kindIs "invalid" ($route.index).num_edges)) (not (kindIs "invalid" ($route.index).ef_construction)) }}

[lancedb.routes.index]
{{- if ($route.index).type }}
type = {{ ($route.index).type | toJson }}
{{- end }}
{{- if not (kindIs "invalid" ($route.index).min_rows) }}
min_rows = {{ ($route.index).min_rows | int }}
{{- end }}
{{- if not (kindIs "invalid" ($route.index).num_partitions) }}
num_partitions = {{ ($route.index).num_partitions | int }}
{{- end }}
{{- if not (kindIs "invalid" ($route.index).target_partition_size) }}
target_partition_size = {{ ($route.index).target_partition_size | int }}
{{- end }}
{{- if not (kindIs "invalid" ($route.index).sample_rate) }}
sample_rate = {{ ($route.index).sample_rate | int }}
{{- end }}
{{- if not (kindIs "invalid" ($route.index).max_iterations) }}
max_iterations = {{ ($route.index).max_iterations | int }}
{{- end }}
{{- if not (kindIs "invalid" ($route.index).num_sub_vectors) }}
num_sub_vectors = {{ ($route.index).num_sub_vectors | int }}
{{- end }}
{{- if not (kindIs "invalid" ($route.index).num_bits) }}
num_bits = {{ ($route.index).num_bits | int }}
{{- end }}
{{- if not (kindIs "invalid" ($route.index).num_edges) }}
num_edges = {{ ($route.index).num_edges | int }}
{{- end }}
{{- if not (kindIs "invalid" ($route.index).ef_construction) }}
ef_construction = {{ ($route.index).ef_construction | int }}
{{- end }}
{{- end }}
{{- range $scalarindice := $route.scalar_indices }}

[[lancedb.routes.scalar_indices]]
column = {{ $scalarindice.column | toJson }}
type = {{ $scalarindice.type | toJson }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The steps of the bootstrap Job, in their order.
*/}}
{{- define "danube-connector-lancedb.connector.bootstrap.plan" -}}
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
{{- define "danube-connector-lancedb.connector.bootstrap.content" -}}
chart: {{ .Chart.Version | toJson }}
bootstrap: {{ .Values.bootstrap | toJson }}
image: {{ include "danube-connector-lancedb.image"
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
adminUrl: {{ include "danube-connector-lancedb.adminUrl" . | toJson }}
brokerHosts: {{ ternary "" (printf "%s-danube-broker-headless.%s.svc.%s"
    (include "danube-connector-lancedb.corePrefix" .) (.Values.core.namespace | default .Release.Namespace)
    .Values.clusterDomain) (not (empty .Values.connector.config.danube_service_url)) | toJson }}
{{- end }}

{{/*
The name of the bootstrap Job: other content is another Job.
*/}}
{{- define "danube-connector-lancedb.connector.bootstrap.jobName" -}}
{{- printf "%s-bootstrap-%s" (include "danube-connector-lancedb.prefix"
    (dict "name" (include "danube-connector-lancedb.connectorName" .)))
    (include "danube-connector-lancedb.connector.bootstrap.content" . | sha256sum | trunc 8) }}
{{- end }}

{{/*
What is wrong with connector.config.lancedb.routes: is read by two routes, and only the last of them would get its messages.
*/}}
{{- define "danube-connector-lancedb.routesOfOneTopic" -}}
{{- range $index, $route := .Values.connector.config.lancedb.routes }}
{{- range $index2, $route2 := $.Values.connector.config.lancedb.routes }}
{{- if and (lt (int $index) (int $index2)) (eq $route.from $route2.from) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
