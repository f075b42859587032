{{/*
A prefix for names that is valid for every kind: long or unusual release names
are cut and end in a checksum, so that they stay unique.
*/}}
{{- define "danube-connector-mqtt.prefix" -}}
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
{{- define "danube-connector-mqtt.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- include "danube-connector-mqtt.prefix" (dict "name" .Values.fullnameOverride) }}
{{- else if .Values.nameOverride }}
{{- include "danube-connector-mqtt.prefix" (dict "name" (printf "%s-%s" .Release.Name .Values.nameOverride)) }}
{{- else }}
{{- include "danube-connector-mqtt.prefix" (dict "name" .Release.Name) }}
{{- end }}
{{- end }}

{{/*
Labels that select pods. They must never change.
*/}}
{{- define "danube-connector-mqtt.selectorLabels" -}}
app.kubernetes.io/name: {{ .Values.nameOverride | default .Chart.Name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
Labels of every object.
*/}}
{{- define "danube-connector-mqtt.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") | quote }}
{{- include "danube-connector-mqtt.selectorLabels" . | nindent 0 }}
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
{{- define "danube-connector-mqtt.repository" -}}
{{- if .registry }}
{{- printf "%s/%s" .registry (regexReplaceAll "^([^/]*[.:][^/]*|localhost)/" .image.repository "") }}
{{- else }}
{{- .image.repository }}
{{- end }}
{{- end }}

{{/*
The reference of an image: by its digest if it has one, else by its tag.
*/}}
{{- define "danube-connector-mqtt.image" -}}
{{- if .image.digest }}
{{- printf "%s@%s" (include "danube-connector-mqtt.repository" (dict "image" .image "registry" .registry))
    .image.digest }}
{{- else }}
{{- printf "%s:%s" (include "danube-connector-mqtt.repository" (dict "image" .image "registry" .registry)) .image.tag }}
{{- end }}
{{- end }}

{{/*
The service account of a component: one that is made, or one by name.
*/}}
{{- define "danube-connector-mqtt.serviceAccountName" -}}
{{- if .serviceAccount.create }}
{{- .serviceAccount.name | default .made }}
{{- else }}
{{- .serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{/*
Name of the Deployment of the connector.
*/}}
{{- define "danube-connector-mqtt.connectorName" -}}
{{- printf "%s-connector-%s" (include "danube-connector-mqtt.fullname" .)
    (.Chart.Name | trimPrefix "danube-connector-") }}
{{- end }}

{{/*
What the names of the objects of danube-core start with.
*/}}
{{- define "danube-connector-mqtt.corePrefix" -}}
{{- include "danube-connector-mqtt.prefix" (dict "name" (.Values.core.releaseName | default .Release.Name)) }}
{{- end }}

{{/*
The client port of the brokers.
*/}}
{{- define "danube-connector-mqtt.serviceUrl" -}}
{{- if .Values.connector.config.danube_service_url }}
{{- .Values.connector.config.danube_service_url }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "danube-connector-mqtt.corePrefix" .)
    (.Values.core.namespace | default .Release.Namespace) .Values.clusterDomain (int .Values.core.clientPort) }}
{{- end }}
{{- end }}

{{/*
The admin port of the brokers.
*/}}
{{- define "danube-connector-mqtt.adminUrl" -}}
{{- if .Values.connector.config.danube_service_url }}
{{- printf "%s:%d" (regexReplaceAll ":[0-9]+$" .Values.connector.config.danube_service_url "")
    (int .Values.core.adminPort) }}
{{- else }}
{{- printf "http://%s-danube-broker.%s.svc.%s:%d" (include "danube-connector-mqtt.corePrefix" .)
    (.Values.core.namespace | default .Release.Namespace) .Values.clusterDomain (int .Values.core.adminPort) }}
{{- end }}
{{- end }}

{{/*
What is wrong with objectLabels: is set for every object already.
*/}}
{{- define "danube-connector-mqtt.repeatedLabels" -}}
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
{{- define "danube-connector-mqtt.milliseconds" -}}
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
{{- define "danube-connector-mqtt.connector.repeatedVariables" -}}
{{- range $envItem := .Values.connector.extraEnv }}
{{- if or (hasKey $.Values.connector.env $envItem.name)
    (has $envItem.name (list "CONNECTOR_CONFIG_PATH" "DANUBE_SERVICE_URL" "CONNECTOR_NAME")) }}
{{ $envItem.name }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.mqtt.routes: is a shared subscription, and the source drops all messages of such.
*/}}
{{- define "danube-connector-mqtt.sharedSubscriptions" -}}
{{- range $route := .Values.connector.config.mqtt.routes }}
{{- if hasPrefix "$share/" $route.from }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.mqtt.routes: stands in two routes, and only the first of them would get messages.
*/}}
{{- define "danube-connector-mqtt.routesOfOneFilter" -}}
{{- range $index, $route := .Values.connector.config.mqtt.routes }}
{{- range $index2, $route2 := $.Values.connector.config.mqtt.routes }}
{{- if and (lt (int $index) (int $index2)) (eq $route.from $route2.from) }}
{{ $route.from }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.mqtt.routes: is written by routes that differ in partitions or reliable dispatch.
*/}}
{{- define "danube-connector-mqtt.topicsOfUnlikeRoutes" -}}
{{- range $index, $route := .Values.connector.config.mqtt.routes }}
{{- range $index2, $route2 := $.Values.connector.config.mqtt.routes }}
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
{{- define "danube-connector-mqtt.config" -}}
{{- $connectorName := include "danube-connector-mqtt.connectorName" . -}}
danube_service_url = {{ include "danube-connector-mqtt.serviceUrl" . | toJson }}
connector_name = {{ .Values.connector.config.connector_name | default $connectorName | toJson }}

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

[mqtt]
{{- if .Values.connector.config.mqtt.broker_host }}
broker_host = {{ .Values.connector.config.mqtt.broker_host | toJson }}
{{- end }}
broker_port = {{ .Values.connector.config.mqtt.broker_port | int }}
client_id = {{ .Values.connector.config.mqtt.client_id | default $connectorName | toJson }}
{{- if .Values.connector.config.mqtt.username }}
username = {{ .Values.connector.config.mqtt.username | toJson }}
{{- end }}
keep_alive_secs = {{ .Values.connector.config.mqtt.keep_alive_secs | int }}
max_packet_size = {{ .Values.connector.config.mqtt.max_packet_size | int }}
clean_session = {{ .Values.connector.config.mqtt.clean_session }}
include_metadata = {{ .Values.connector.config.mqtt.include_metadata }}
tcp_nodelay = {{ .Values.connector.config.mqtt.tcp_nodelay }}
{{- if and (eq .Values.connector.configVersion "0.2") .Values.connector.config.mqtt.routes }}
{{- range $route := .Values.connector.config.mqtt.routes }}

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
{{- if and (ne .Values.connector.configVersion "0.2") .Values.connector.config.mqtt.routes }}
{{- range $route := .Values.connector.config.mqtt.routes }}

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
{{- define "danube-connector-mqtt.connector.bootstrap.plan" -}}
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
{{- define "danube-connector-mqtt.connector.bootstrap.content" -}}
chart: {{ .Chart.Version | toJson }}
bootstrap: {{ .Values.bootstrap | toJson }}
image: {{ include "danube-connector-mqtt.image"
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
adminUrl: {{ include "danube-connector-mqtt.adminUrl" . | toJson }}
brokerHosts: {{ ternary "" (printf "%s-danube-broker-headless.%s.svc.%s" (include "danube-connector-mqtt.corePrefix" .)
    (.Values.core.namespace | default .Release.Namespace) .Values.clusterDomain)
    (not (empty .Values.connector.config.danube_service_url)) | toJson }}
{{- end }}

{{/*
The name of the bootstrap Job: other content is another Job.
*/}}
{{- define "danube-connector-mqtt.connector.bootstrap.jobName" -}}
{{- printf "%s-bootstrap-%s" (include "danube-connector-mqtt.prefix"
    (dict "name" (include "danube-connector-mqtt.connectorName" .)))
    (include "danube-connector-mqtt.connector.bootstrap.content" . | sha256sum | trunc 8) }}
{{- end }}

{{/*
What is wrong with connector.config.schemas: has no file of schemaFiles, or has one although its type needs none.
*/}}
{{- define "danube-connector-mqtt.schemasWithoutFile" -}}
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
{{- define "danube-connector-mqtt.schemasWithoutVersion" -}}
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
{{- define "danube-connector-mqtt.topicsOfRoutes" -}}
{{- range $route := .Values.connector.config.mqtt.routes }}
<{{ $route.to }}>
{{- end }}
{{- end }}

{{/*
What is wrong with connector.config.schemas: is the topic of no route.
*/}}
{{- define "danube-connector-mqtt.topicsWithoutRoute" -}}
{{- range $schema := .Values.connector.config.schemas }}
{{- if not (contains (printf "<%s>" $schema.topic) (include "danube-connector-mqtt.topicsOfRoutes" $)) }}
{{ $schema.topic }}
{{- end }}
{{- end }}
{{- end }}
