{{/*
A prefix for names that is valid for every kind: long or unusual release names
are cut and end in a checksum, so that they stay unique.
*/}}
{{- define "danube-connector-webhook.prefix" -}}
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
{{- define "danube-connector-webhook.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "danube-connector-webhook.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "danube-connector-webhook.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "danube-connector-webhook.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "danube-connector-webhook.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "danube-connector-webhook.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "danube-connector-webhook.selectorLabels" . | nindent 0 }}
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
{{- define "danube-connector-webhook.repository" -}}
{{- if .registry }}
{{- printf "%s/%s" .registry (regexReplaceAll "^([^/]*[.:][^/]*|localhost)/" .image.repository "") }}
{{- else }}
{{- .image.repository }}
{{- end }}
{{- end }}

{{/*
The reference of an image: by its digest if it has one, else by its tag.
*/}}
{{- define "danube-connector-webhook.image" -}}
{{- if .image.digest }}
{{- printf "%s@%s" (include "danube-connector-webhook.repository" (dict "image" .image "registry" .registry))
    .image.digest }}
{{- else }}
{{- printf "%s:%s" (include "danube-connector-webhook.repository" (dict "image" .image "registry" .registry))
    .image.tag }}
{{- end }}
{{- end }}

{{/*
The service account of a component: one that is made, or one by name.
*/}}
{{- define "danube-connector-webhook.serviceAccountName" -}}
{{- if .serviceAccount.create }}
{{- .serviceAccount.name | default .made }}
{{- else }}
{{- .serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{/*
Name of the Deployment of the connector.
*/}}
{{- define "danube-connector-webhook.connectorName" -}}
{{- printf "%s-connector-%s" (include "danube-connector-webhook.fullname" .)
    (.Chart.Name | trimPrefix "danube-connector-") }}
{{- end }}

{{/*
What the names of the objects of danube-core start with.
*/}}
{{- define "danube-connector-webhook.corePrefix" -}}
{{- include "danube-connector-webhook.prefix" (dict "name" (.Values.core.releaseName | default .Release.Name)) }}
{{- end }}

{{/*
The client port of the brokers.
*/}}
{{- define "danube-connector-webhook.serviceUrl" -}}
{{- if .Values.connector.config.danube_service_url }}
{{- .Values.connector.config.danube_service_url }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "danube-connector-webhook.corePrefix" .)
    (.Values.core.namespace | default .Release.Namespace) .Values.clusterDomain (int .Values.core.clientPort) }}
{{- end }}
{{- end }}

{{/*
The admin port of the brokers.
*/}}
{{- define "danube-connector-webhook.adminUrl" -}}
{{- if .Values.connector.config.danube_service_url }}
{{- printf "%s:%d" (regexReplaceAll ":[0-9]+$" .Values.connector.config.danube_service_url "")
    (int .Values.core.adminPort) }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "danube-connector-webhook.corePrefix" .)
    (.Values.core.namespace | default .Release.Namespace) .Values.clusterDomain (int .Values.core.adminPort) }}
{{- end }}
{{- end }}

{{/*
What is wrong with objectLabels: is set for every object already.
*/}}
{{- define "danube-connector-webhook.repeatedLabels" -}}
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
{{- define "danube-connector-webhook.milliseconds" -}}
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
{{- define "danube-connector-webhook.connector.repeatedVariables" -}}
{{- range $envItem := .Values.connector.extraEnv }}
{{- if or (hasKey $.Values.connector.env $envItem.name)
    (has $envItem.name (list "CONNECTOR_CONFIG_PATH" "DANUBE_SERVICE_URL" "CONNECTOR_NAME")) }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.routes: is a path of the server itself.
*/}}
{{- define "danube-connector-webhook.pathsOfTheServer" -}}
{{- range $route := .Values.connector.config.routes }}
{{- if or (eq $route.from "/health") (eq $route.from "/ready") }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.routes: is the path of two routes.
*/}}
{{- define "danube-connector-webhook.routesOfOnePath" -}}
{{- range $index, $route := .Values.connector.config.routes }}
{{- range $index2, $route2 := $.Values.connector.config.routes }}
{{- if and (lt (int $index) (int $index2)) (eq $route.from $route2.from) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.routes: is made in two ways, and the last of the routes would win.
*/}}
{{- define "danube-connector-webhook.topicsMadeTwice" -}}
{{- range $index, $route := .Values.connector.config.routes }}
{{- range $index2, $route2 := $.Values.connector.config.routes }}
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
{{- define "danube-connector-webhook.pathsOfRoutes" -}}
{{- range $route := .Values.connector.config.routes }}
<{{ $route.from }}>
{{- end }}
{{- end }}

{{/*
What is wrong with connector.ingress.paths: is the path of no route.
*/}}
{{- define "danube-connector-webhook.pathsWithoutRoute" -}}
{{- range $path := .Values.connector.ingress.paths }}
{{- if not (contains (printf "<%s>" $path.path) (include "danube-connector-webhook.pathsOfRoutes" $)) }}
{{ $path.path }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.ingress.paths: is published twice.
*/}}
{{- define "danube-connector-webhook.pathsTwice" -}}
{{- range $index, $path := .Values.connector.ingress.paths }}
{{- range $index2, $path2 := $.Values.connector.ingress.paths }}
{{- if and (lt (int $index) (int $index2)) (eq $path.path $path2.path) }}
{{ $path.path }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The address that programs listen on.
*/}}
{{- define "danube-connector-webhook.anyAddress" -}}
{{- if has "IPv6" .Values.ipFamilies }}
{{- "[::]" }}
{{- else }}
{{- "0.0.0.0" }}
{{- end }}
{{- end }}

{{/*
The configuration of the connector.
*/}}
{{- define "danube-connector-webhook.config" -}}
danube_service_url = {{ include "danube-connector-webhook.serviceUrl" . | toJson }}
connector_name = {{ .Values.connector.config.connector_name | default
    (include "danube-connector-webhook.connectorName" .) | toJson }}

[processing]
batch_size = {{ .Values.connector.config.processing.batch_size | int }}
{{- if ne .Values.connector.configVersion "0.2" }}
metrics_port = {{ .Values.connector.metricsPort | int }}
{{- end }}
poll_interval_ms = {{ .Values.connector.config.processing.poll_interval_ms | int }}
{{- if ne .Values.connector.configVersion "0.2" }}
health_check_interval_ms = {{ .Values.connector.config.processing.health_check_interval_ms | int }}
health_check_failure_threshold = {{ .Values.connector.config.processing.health_check_failure_threshold | int }}
{{- end }}
{{- range $schema := .Values.connector.config.schemas }}

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
host = {{ ternary (include "danube-connector-webhook.anyAddress" .) .Values.connector.config.server.host
    (eq .Values.connector.config.server.host "0.0.0.0") | toJson }}
port = {{ .Values.connector.config.server.port | int }}
timeout_seconds = {{ .Values.connector.config.server.timeout_seconds | int }}
max_body_size = {{ .Values.connector.config.server.max_body_size | int }}
{{- if or .Values.connector.config.auth.type (ne .Values.connector.config.auth.type "none")
    (eq .Values.connector.config.auth.type "apikey") (eq .Values.connector.config.auth.type "hmac")
    (eq .Values.connector.config.auth.type "hmac") }}

[auth]
{{- if .Values.connector.config.auth.type }}
type = {{ .Values.connector.config.auth.type | toJson }}
{{- end }}
{{- if ne .Values.connector.config.auth.type "none" }}
secret_env = {{ .Values.connector.config.auth.secret_env | toJson }}
{{- end }}
{{- if or (eq .Values.connector.config.auth.type "apikey") (eq .Values.connector.config.auth.type "hmac") }}
header = {{ .Values.connector.config.auth.header | toJson }}
{{- end }}
{{- if eq .Values.connector.config.auth.type "hmac" }}
algorithm = {{ .Values.connector.config.auth.algorithm | toJson }}
{{- end }}
{{- end }}
{{- if and (eq .Values.connector.configVersion "0.2") .Values.connector.config.routes }}
{{- range $route := .Values.connector.config.routes }}

[[endpoints]]
path = {{ $route.from | toJson }}
danube_topic = {{ $route.to | toJson }}
partitions = {{ dig "partitions" 0 $route | int }}
reliable_dispatch = {{ dig "reliable_dispatch" false $route }}
{{- end }}
{{- end }}
{{- if and (ne .Values.connector.configVersion "0.2") .Values.connector.config.routes }}
{{- range $route := .Values.connector.config.routes }}

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
{{- define "danube-connector-webhook.connector.bootstrap.plan" -}}
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
{{- define "danube-connector-webhook.connector.bootstrap.content" -}}
chart: {{ .Chart.Version | toJson }}
bootstrap: {{ .Values.bootstrap | toJson }}
image: {{ include "danube-connector-webhook.image"
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
adminUrl: {{ include "danube-connector-webhook.adminUrl" . | toJson }}
brokerHosts: {{ ternary "" (printf "%s-danube-broker-headless.%s.svc.%s"
    (include "danube-connector-webhook.corePrefix" .) (.Values.core.namespace | default .Release.Namespace)
    .Values.clusterDomain) (not (empty .Values.connector.config.danube_service_url)) | toJson }}
{{- end }}

{{/*
The name of the bootstrap Job: other content is another Job.
*/}}
{{- define "danube-connector-webhook.connector.bootstrap.jobName" -}}
{{- printf "%s-bootstrap-%s" (include "danube-connector-webhook.prefix"
    (dict "name" (include "danube-connector-webhook.connectorName" .)))
    (include "danube-connector-webhook.connector.bootstrap.content" . | sha256sum | trunc 8) }}
{{- end }}

{{/*
What is wrong with connector.config.schemas: has no file of schemaFiles, or has one although its type needs none.
*/}}
{{- define "danube-connector-webhook.schemasWithoutFile" -}}
{{- range $schema := .Values.connector.config.schemas }}
{{- if not (or (and (or (eq $schema.schema_type "json_schema") (eq $schema.schema_type "json")
    (eq $schema.schema_type "avro")) (hasKey $.Values.connector.schemaFiles ($schema.schema_file | default "")))
    (and (not (or (eq $schema.schema_type "json_schema") (eq $schema.schema_type "json")
    (eq $schema.schema_type "avro"))) (not $schema.schema_file))) }}
{{ $schema.subject }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.schemas: has a version without need, or none although its version_strategy needs one.
*/}}
{{- define "danube-connector-webhook.schemasWithoutVersion" -}}
{{- range $schema := .Values.connector.config.schemas }}
{{- if not (or (and (eq (dig "version_strategy" "latest" $schema) "latest") (kindIs "invalid" $schema.version))
    (and (ne (dig "version_strategy" "latest" $schema) "latest") (not (kindIs "invalid" $schema.version)))) }}
{{ $schema.subject }}
{{- end }}
{{- end }}
{{- end }}

{{/*
The topics that are written.
*/}}
{{- define "danube-connector-webhook.topicsOfRoutes" -}}
{{- range $route := .Values.connector.config.routes }}
<{{ $route.to }}>
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.schemas: is the topic of no route.
*/}}
{{- define "danube-connector-webhook.topicsWithoutRoute" -}}
{{- range $schema := .Values.connector.config.schemas }}
{{- if not (contains (printf "<%s>" $schema.topic) (include "danube-connector-webhook.topicsOfRoutes" $)) }}
{{ $schema.topic }}
{{- end }}
{{- end }}
{{- end }}
