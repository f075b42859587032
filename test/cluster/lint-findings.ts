import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { goProgramPath } from '../go-programs';
import { runCommand } from './command';

/** What a linter has to say of an object. */
export interface Finding {
  readonly check: string;
  /** `Kind/name` */
  readonly object: string;
  readonly text: string;
}

export interface Suppression {
  readonly check: string;
  /** `Kind/name`, with `*` for any text. */
  readonly object: string;
  readonly reason: string;
}

export const KUBE_SCORE = goProgramPath('kube-score', 'kube-score');
export const KUBECONFORM = goProgramPath('kubeconform', 'kubeconform');

const SUPPRESSIONS_FILE = path.join(__dirname, 'lint-suppressions.yaml');

export const SUPPRESSIONS = parse(fs.readFileSync(SUPPRESSIONS_FILE, 'utf8')) as Suppression[];

export function isSuppressed(finding: Finding, suppression: Suppression): boolean {
  const parts = suppression.object.split('*').map((part) => part.replaceAll(/[.+?]/g, '\\$&'));
  const pattern = new RegExp(`^${parts.join('.*')}$`);
  return finding.check === suppression.check && pattern.test(finding.object);
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

/** What kube-score would like otherwise, with its optional checks too. */
export async function kubeScoreFindings(manifest: string): Promise<Finding[]> {
  const args = ['score', '--output-format', 'json', '--all-default-optional', '-'];
  const { stdout } = await runCommand({
    file: KUBE_SCORE,
    args,
    env: {},
    input: manifest,
    exitCodes: [0, 1],
  });
  return (JSON.parse(stdout) as ScoredObject[]).flatMap((object) =>
    object.checks
      .filter(({ grade, skipped }) => !skipped && grade < BEST_GRADE)
      .map(({ check, comments }) => ({
        check: check.id,
        object: `${object.type_meta.kind}/${object.object_meta.name}`,
        text: (comments ?? []).map((comment) => `${comment.path} ${comment.summary}`).join('; '),
      })),
  );
}
