import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { isMap } from './plain-map';
import {
  readArchive,
  readChart,
  unpack,
  type ChartMetadata,
  type JsonSchema,
  type ValueRow,
} from '../helm/index';
import { clusterObjects, type ClusterObject } from './cluster-object';
import type { OpenChart, ReleaseToRender } from './open-chart';
import { progress } from './progress';
import { rowsOfSchema } from './schema-rows';

/** What programs of charts assume too; by itself a Helm assumes the one that it knows. */
const KUBE_VERSION = 'v1.33.0';

const YAML_1_1 = { version: '1.1' } as const;

function filesOf(path: string): {
  readonly metadata: ChartMetadata;
  readonly text: (file: string) => string | undefined;
} {
  if (statSync(path).isDirectory()) {
    const { metadata, files } = readChart(path);
    return { metadata, text: (file) => textOf(files.get(file)) };
  }
  const bytes = new Uint8Array(readFileSync(path));
  const { metadata } = readArchive(bytes, basename(path));
  const files = unpack(bytes);
  return { metadata, text: (file) => textOf(files.get(`${metadata.name}/${file}`)) };
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : Buffer.from(bytes).toString();
}

/** A chart in a directory or an archive, of which only Helm knows what it renders. */
export class ChartOnDisk implements OpenChart {
  readonly name: string;
  readonly version: string;
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly schema: JsonSchema | undefined;
  readonly example = undefined;

  constructor(
    private readonly path: string,
    private readonly helm: string,
  ) {
    const { metadata, text } = filesOf(path);
    this.name = metadata.name;
    this.version = metadata.version;
    const defaults: unknown = parse(text('values.yaml') ?? '', YAML_1_1);
    this.defaults = isMap(defaults) ? defaults : {};
    const schema: unknown = JSON.parse(text('values.schema.json') ?? 'null');
    this.schema = isMap(schema) ? schema : undefined;
  }

  rows(): readonly ValueRow[] {
    return rowsOfSchema(this.schema ?? {}, this.defaults);
  }

  /** Helm asks the charts inside itself, when it renders. */
  parts(): readonly never[] {
    return [];
  }

  violations(release: ReleaseToRender): readonly string[] {
    const { ok, stderr } = this.template(release);
    return ok ? [] : [refusalIn(stderr)];
  }

  objects(release: ReleaseToRender): readonly ClusterObject[] {
    const { ok, stdout, stderr } = this.template(release);
    if (!ok) {
      throw new Error(refusalIn(stderr));
    }
    const documents = parseAllDocuments(stdout, YAML_1_1);
    return clusterObjects([...documents].map((document): unknown => document.toJS()));
  }

  /** `helm template` leaves them out, and other commands ask a cluster. */
  notes(): undefined {
    return undefined;
  }

  private template({ values, releaseName, namespace }: ReleaseToRender) {
    progress(`rendering ${this.path} with ${this.helm}`);
    const directory = mkdtempSync(join(tmpdir(), 'danube-charts-'));
    try {
      const valuesFile = join(directory, 'values.json');
      // Values may hold secrets.
      writeFileSync(valuesFile, JSON.stringify(values), { mode: 0o600 });
      const args = ['template', releaseName, this.path, '--namespace', namespace];
      args.push('--kube-version', KUBE_VERSION, '--values', valuesFile);
      const { status, stdout, stderr, error } = spawnSync(this.helm, args, {
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      });
      if (error !== undefined) {
        throw new Error(
          `${this.path} is rendered by Helm, which could not be run (${error.message}); ` +
            'install it, or say where it is with --helm',
        );
      }
      return { ok: status === 0, stdout, stderr };
    } finally {
      rmSync(directory, { recursive: true });
    }
  }
}

/** The message of `fail` in what Helm says around it. */
function refusalIn(stderr: string): string {
  const message = /(?:execution error at \([^)]*\)|error calling fail): (.*)/.exec(stderr)?.at(1);
  return message ?? stderr.trim().replace(/^Error: /, '');
}
