{{/*
A prefix for names that is valid for every kind: long or unusual release names
are cut and end in a checksum, so that they stay unique.
*/}}
{{- define "danube-stack.prefix" -}}
{{- if and (le (len .name) 36) (regexMatch "^[a-z][a-z0-9-]*$" .name) }}
{{- .name }}
{{- else if regexMatch "^[a-z]" .name }}
{{- printf "%s-%s" (.name | replace "." "-" | trunc 26 | trimSuffix "-") (.name | sha256sum | trunc 8) }}
{{- else }}
{{- printf "r%s-%s" (.name | replace "." "-" | trunc 26 | trimSuffix "-") (.name | sha256sum | trunc 8) }}
{{- end }}
{{- end }}
