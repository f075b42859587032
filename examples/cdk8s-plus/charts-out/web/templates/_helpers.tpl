{{- define "web.name" -}}
{{- printf "web-%s" (.Release.Name | replace "." "-") }}
{{- end }}
