{{- define "hello.name" -}}
{{- printf "hello-%s" (.Release.Name | replace "." "-") }}
{{- end }}

{{- define "hello.labels" -}}
app.kubernetes.io/name: hello
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}
