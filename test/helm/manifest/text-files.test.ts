import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import {
  comment,
  each,
  entries,
  jsonFile,
  nonEmpty,
  propertiesFile,
  Release,
  splice,
  spread,
  str,
  textLines,
  tomlFile,
  when,
  yamlFile,
} from '../../../src/helm';
import { renderTextFile } from '../../../src/helm/manifest/evaluate-manifest';
import type { TextFile } from '../../../src/helm/manifest/node';
import { environment, printed } from '../both-readings';
import { v } from '../sample-values';

function text(file: TextFile, values: object = {}): string {
  return renderTextFile(file, environment({ ...values }));
}

const hosts = [
  { host: 'a.example', paths: ['/', '/x'], tls: 'secret' },
  { host: 'b "quoted"', paths: [], port: 8443 },
];

describe('a TOML file', () => {
  const file = tomlFile({
    server: {
      port: v.metrics.port,
      tls: when(v.enabled, { cert: '/tls.crt', level: when(v.debug, 'high', 'low') }),
    },
    title: str`${Release.name} {{x}}`,
    'odd key': [v.text, 'two'],
    class: v.class,
    debug: v.debug,
    ratio: v.ratio,
    ports: v.ports,
    hosts: [
      { host: 'fixed', port: 1 },
      when(v.metrics.enabled, { host: 'metrics', port: v.metrics.port }, { host: 'none', port: 0 }),
      each(v.hosts, (host) => ({ host: host.host, port: host.port, path: { list: host.paths } })),
    ],
    labels: { ...entries(v.labels, (_key, value) => value), own: 'mine' },
  });

  test('has its values before its tables, whatever the order in the source', () => {
    expect(text(file, { labels: { own: 'user', 'a.b': 'user' } })).toBe(`title = "blue {{x}}"
"odd key" = ["any text", "two"]
ratio = 0.5
ports = []

[server]
port = 9090

[server.tls]
cert = "/tls.crt"
level = "low"

[[hosts]]
host = "fixed"
port = 1

[[hosts]]
host = "none"
port = 0

[labels]
"a.b" = "user"
own = "mine"`);
  });

  test('reads as the tree that it was made of', () => {
    const values = {
      enabled: false,
      text: 'quotes "\' and \\ and\nlines\u0000',
      class: 'c',
      debug: false,
      ports: [1, 2],
      metrics: { enabled: true },
      hosts,
    };
    expect(parseToml(text(file, values))).toEqual({
      server: { port: 9090 },
      title: 'blue {{x}}',
      'odd key': ['quotes "\' and \\ and\nlines\u0000', 'two'],
      class: 'c',
      debug: false,
      ratio: 0.5,
      ports: [1, 2],
      hosts: [
        { host: 'fixed', port: 1 },
        { host: 'metrics', port: 9090 },
        { host: 'a.example', port: 80, path: { list: ['/', '/x'] } },
        { host: 'b "quoted"', port: 8443, path: { list: [] } },
      ],
      labels: { own: 'mine' },
    });
  });

  test('escapes what TOML forbids and keeps what it allows', () => {
    expect(text(tomlFile({ 'a b': 'del\u007f <&> é' }))).toBe('"a b" = "del\\u007f <&> é"');
  });

  test.each<[string, object]>([
    ['a map of unknown keys', { x: v.resources }],
    ['a list of maps as one value', { x: v.hosts }],
    ['an item that may be absent', { x: [v.class] }],
    ['tables between plain items', { x: [{ a: 1 }, 'plain'] }],
    ['a conditional plain item', { x: [when(v.enabled, 'a')] }],
    ['the entries of a map value as they are', { ...spread(v.labels) }],
  ])('refuses %s', (_what, tree) => {
    expect(() => text(tomlFile(tree))).toThrow('TOML:');
  });
});

describe('a YAML file', () => {
  const file = yamlFile({
    ...comment('Read at start.\nNot reloaded.'),
    name: Release.name,
    replicas: v.replicas,
    quoted: v.text,
    labels: { ...spread(v.labels), own: 'mine' },
    hosts: [each(v.hosts, (host) => ({ host: host.host, tls: host.tls })), ...['static']],
    args: nonEmpty(v.args),
    inserted: [splice(v.args)],
    any: v.resources,
  });

  test('has its remarks, and strings as JSON, which depends on no version of Go', () => {
    expect(printed({ 'app.yaml': file })).toBe(`app.yaml: |
  # Read at start.
  # Not reloaded.
  name: {{ .Release.Name | toJson }}
  replicas: {{ .Values.replicas | int }}
  quoted: {{ .Values.text | toJson }}
  labels:
    {{- range $key, $value := omit .Values.labels "own" }}
    {{ $key | toJson }}: {{ $value | toJson }}
    {{- end }}
    own: mine
  hosts:
    {{- range $host := .Values.hosts }}
    - host: {{ $host.host | toJson }}
      {{- with $host.tls }}
      tls: {{ . | toJson }}
      {{- end }}
    {{- end }}
    - static
  {{- with .Values.args }}
  args: {{ . | toJson }}
  {{- end }}
  {{- if .Values.args }}
  inserted:
    {{- range $arg := .Values.args }}
    - {{ $arg | toJson }}
    {{- end }}
  {{- end }}
  any: {{ .Values.resources | toJson }}`);
  });

  test('reads as the tree that it was made of, no key twice', () => {
    const values = {
      hosts,
      text: 'a: {b}\n# c',
      labels: { own: 'user', on: 'x' },
      args: ['-v', 'no'],
      resources: { requests: { cpu: 1 } },
    };
    expect(parseYaml(text(file, values))).toEqual({
      name: 'blue',
      replicas: 2,
      quoted: 'a: {b}\n# c',
      labels: { on: 'x', own: 'mine' },
      hosts: [{ host: 'a.example', tls: 'secret' }, { host: 'b "quoted"' }, 'static'],
      args: ['-v', 'no'],
      inserted: ['-v', 'no'],
      any: { requests: { cpu: 1 } },
    });
  });

  test('can be a list', () => {
    expect(text(yamlFile([v.name, { replicas: v.replicas }]))).toBe('- "web"\n- replicas: 2');
  });
});

describe('a JSON file', () => {
  test('is indented, its keys sorted', () => {
    const file = jsonFile({ title: '{{ x }}', b: [1, when(v.enabled, 2)], a: { n: v.replicas } });
    expect(text(file)).toBe(`{
  "a": {
    "n": 2
  },
  "b": [
    1,
    2
  ],
  "title": "{{ x }}"
}`);
  });

  test('without expressions stands in a field; its braces are no actions', () => {
    expect(printed({ 'a.json': jsonFile({ t: '{{ x }}', n: null }) })).toBe(`a.json: |
  {
    "n": null,
    "t": "{{ \`{{ x }}\` }}"
  }`);
  });

  test('with expressions has to be a named template', () => {
    expect(() => printed({ 'a.json': jsonFile({ n: v.replicas }) })).toThrow('textTemplate(');
  });
});

describe('a properties file', () => {
  const file = propertiesFile({
    ...comment('Generated.'),
    'log.level': when(v.debug, 'debug', 'info'),
    port: v.port,
    ratio: v.ratio,
    name: v.name,
    on: v.enabled,
    ...entries(v.weights, (_key, weight) => weight),
    last: 'a=b',
  });

  test('is key=value lines', () => {
    expect(text(file, { port: 0, ratio: 1000000, weights: { last: 5, z: 9, y: 1 } })).toBe(
      `# Generated.
log.level=info
port=0
ratio=1000000
name=web
on=true
y=1
z=9
last=a=b`,
    );
  });

  test.each([
    ['a map', { x: { y: 1 } }],
    ['a text of several lines', { x: 'a\nb' }],
    ['a spread map', { ...spread(v.labels) }],
  ])('refuses %s', (_what, tree) => {
    expect(() => text(propertiesFile(tree))).toThrow('properties file');
  });
});

describe('free text', () => {
  test('is lines of text, expressions, conditions and loops', () => {
    const file = textLines([
      '#!/bin/sh',
      str`echo ${v.name} ${v.ratio}`,
      '',
      when(v.debug, ['set -x', '']),
      each(v.ports, (port, index) => str`nc -z localhost ${port} # ${index}`),
      '  done  ',
    ]);
    expect(text(file, { ports: [1, 2], ratio: 1000000 })).toBe(`#!/bin/sh
echo web 1000000
nc -z localhost 1 # 0
nc -z localhost 2 # 1
  done  `);
  });

  test('keeps the braces and blanks that a template would swallow', () => {
    const file = textLines(['awk {', str`{${v.name}}`, 'end  ', when(v.debug, 'x')]);
    expect(printed({ run: file })).toBe(`run: |
  awk {
  {{ "{" }}{{ .Values.name }}}
  end{{ "  " }}
  {{- if .Values.debug }}
  x
  {{- end }}`);
  });

  test('that may start with a blank says how far it is indented', () => {
    expect(printed({ run: textLines(['  deep', 'flat']) })).toBe('run: |2\n    deep\n  flat');
  });
});
