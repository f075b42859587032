import { kubectlPath } from './binaries';
import { isolatedEnv } from './isolated-env';
import { runProcess } from './run-process';
import type { ProcessResult } from './run-process';

export interface DecodedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

const BOUNDARY_NAME = 'cdk8s-danube-render-boundary';
const BOUNDARY = `
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${BOUNDARY_NAME}
---
`;

/**
 * An empty patch makes kubectl print what it read and nothing else: nulls, empty maps and objects
 * without a namespace stay as they are, kinds it does not know are taken too.
 */
const DECODE_ARGS = ['patch', '--local', '-f', '-', '-o', 'json', '--type=json', '-p', '[]'];

const SHOWN_CHARACTERS = 2000;

/**
 * Decodes rendered manifests as Kubernetes does, through the real kubectl: one list of objects for
 * every text. Starting kubectl costs more than decoding, so one process takes all the texts.
 *
 * As in Kubernetes, a whole float comes as an integer and the last of two equal keys wins in
 * silence. The items of a `kind: List` stand for themselves; integers beyond 2^53 are rounded.
 */
export async function decodeManifests(texts: readonly string[]): Promise<DecodedObject[][]> {
  if (texts.length === 0) {
    return [];
  }
  const result = await runKubectl(texts);
  if (!result.ok) {
    throw await decodeError(texts);
  }
  const renders: DecodedObject[][] = [];
  for (const object of parseObjects(result.stdout)) {
    if (object.kind === 'ConfigMap' && object.metadata.name === BOUNDARY_NAME) {
      renders.push([]);
    } else {
      renders.at(-1)?.push(object);
    }
  }
  return renders;
}

function runKubectl(texts: readonly string[]): Promise<ProcessResult> {
  const input = texts.map((text) => BOUNDARY + text).join('');
  // kubectl writes no files here, so it needs no directory of its own.
  return runProcess(kubectlPath, DECODE_ARGS, isolatedEnv('/nonexistent'), input);
}

/** kubectl prints indented objects one after another: a brace at a line's start begins one. */
function parseObjects(stdout: string): DecodedObject[] {
  return stdout
    .split(/^(?=\{)/m)
    .filter((text) => text !== '')
    .map((text) => JSON.parse(text) as DecodedObject);
}

/** kubectl does not say where in its input the fault is: halving finds the first bad text. */
async function decodeError(texts: readonly string[]): Promise<Error> {
  let first = 0;
  let end = texts.length;
  while (end - first > 1) {
    const middle = Math.floor((first + end) / 2);
    const { ok } = await runKubectl(texts.slice(first, middle));
    if (ok) {
      first = middle;
    } else {
      end = middle;
    }
  }
  const text = texts.at(first) ?? '';
  const { stderr } = await runKubectl([text]);
  const head = text.slice(0, SHOWN_CHARACTERS);
  return new Error(`kubectl cannot decode render ${first}: ${stderr.trim()}\n${head}`);
}
