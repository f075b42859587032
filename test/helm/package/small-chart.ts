import { packChart, type ChartArchive } from '../../../src/helm/package/chart-archive';
import type { ChartContent } from '../../../src/helm/package/chart-directory';

/** A chart with one object, of a given version. */
export function smallChart(name: string, version: string, data = 'x'): ChartContent {
  const texts = {
    'Chart.yaml': `apiVersion: v2\ndescription: Small.\nname: ${name}\nversion: ${version}\n`,
    'values.yaml': `data: ${data}\n`,
    'templates/map.yaml': [
      'apiVersion: v1',
      'kind: ConfigMap',
      'metadata:',
      `  name: ${name}`,
      'data:',
      '  data: {{ .Values.data | quote }}',
      '',
    ].join('\n'),
  };
  const files = Object.entries(texts).map(([path, text]) => {
    return [path, new Uint8Array(Buffer.from(text))] as const;
  });
  return { metadata: { name, version, description: 'Small.' }, files: new Map(files) };
}

export function smallArchive(name: string, version: string, data?: string): ChartArchive {
  return packChart(smallChart(name, version, data));
}
