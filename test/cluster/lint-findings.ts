import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { goProgramPath } from '../go-programs';
import { runCommand } from './command';
import { OLDEST } from './control-plane';
import { SCHEMA_LOCATION } from './openapi-schemas';

/** What a linter has to say of an object. */
export interface Finding {
  readonly check: string;
  /** `Kind/name` */
  readonly object: string;
  readonly text: string;
  /** The set of values that the object was rendered with. */
  readonly set: string;
}

export interface Suppression {
  readonly check: string;
  /** `Kind/name`, with `*` for any text. */
  readonly object: string;
  /** The only set of values that it is for; all when left out. */
  readonly set?: string;
  /** The only words of the linter that it is for; all when left out. */
  readonly text?: string;
  readonly reason: string;
}

export const KUBE_SCORE = goProgramPath('kube-score', 'kube-score');
export const KUBECONFORM = goProgramPath('kubeconform', 'kubeconform');

const SUPPRESSIONS_FILE = path.join(__dirname, 'lint-suppressions.yaml');

/** By the name of the linter. */
export const SUPPRESSIONS = parse(fs.readFileSync(SUPPRESSIONS_FILE, 'utf8')) as Readonly<
  Record<'kube-score' | 'kube-linter', readonly Suppression[]>
>;

export function isSuppressed(finding: Finding, suppression: Suppression): boolean {
  const parts = suppression.object.split('*').map((part) => part.replaceAll(/[.+?]/g, '\\$&'));
  const pattern = new RegExp(`^${parts.join('.*')}$`);
  const isOfSet = suppression.set === undefined || suppression.set === finding.set;
  const isOfText = suppression.text === undefined || suppression.text === finding.text;
  return isOfSet && isOfText && finding.check === suppression.check && pattern.test(finding.object);
}

interface ScoredObject {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string };
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly path: string; readonly summary: string }[] | null;
  }[];
}

const BEST_GRADE = 10;

/** What kube-score would like otherwise. */
export async function kubeScoreFindings(manifest: string, set: string): Promise<Finding[]> {
  const version = ['--kubernetes-version', `v${OLDEST.minor}`];
  const args = ['score', '--output-format', 'json', ...version, '-'];
  const { stdout } = await runCommand({
    file: KUBE_SCORE,
    args,
    env: {},
    input: manifest,
    exitCodes: [0, 1],
  });
  const objects = (JSON.parse(stdout) ?? []) as ScoredObject[];
  return objects.flatMap((object) =>
    object.checks
      .filter(({ grade, skipped }) => !skipped && grade < BEST_GRADE)
      .map(({ check, comments }) => ({
        set,
        check: check.id,
        object: `${object.type_meta.kind}/${object.object_meta.name}`,
        text: (comments ?? []).map((comment) => `${comment.path} ${comment.summary}`).join('; '),
      })),
  );
}

interface KubeLinterReport {
  readonly Check: string;
  readonly Diagnostic: { readonly Message: string };
  readonly Object: {
    readonly K8sObject: {
      readonly Name: string;
      readonly GroupVersionKind: { readonly Kind: string };
    };
  };
}

/** What kube-linter, which has to be on the PATH, would like otherwise, by its default checks. */
export async function kubeLinterFindings(manifest: string, set: string): Promise<Finding[]> {
  const { stdout } = await runCommand({
    file: 'kube-linter',
    args: ['lint', '--format', 'json', '-'],
    env: { PATH: process.env.PATH },
    input: manifest,
    exitCodes: [0, 1],
  });
  const { Reports } = JSON.parse(stdout) as { readonly Reports: KubeLinterReport[] | null };
  return (Reports ?? []).map(({ Check, Diagnostic, Object: { K8sObject } }) => ({
    set,
    check: Check,
    object: `${K8sObject.GroupVersionKind.Kind}/${K8sObject.Name}`,
    text: Diagnostic.Message,
  }));
}

/** What kubeconform finds wrong, with the schemas of a directory; empty if nothing. */
export async function kubeconformProblems(manifest: string, schemas: string): Promise<string> {
  const location = path.join(schemas, SCHEMA_LOCATION);
  const args = ['-strict', '-schema-location', location, '-'];
  const options = { file: KUBECONFORM, args, env: {}, input: manifest, exitCodes: [0, 1] };
  const { stdout, stderr } = await runCommand(options);
  return `${stdout}${stderr}`.trim();
}
