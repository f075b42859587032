import { stringify } from 'yaml';
import type { Change } from './changelog';

/** The key that packages are signed with, and where it can be had. */
export interface SignKey {
  readonly fingerprint: string;
  readonly url: string;
}

/** What Artifact Hub shows of a chart beside what Chart.yaml says anyway. */
export interface ArtifactHubInfo {
  readonly category?:
    | 'ai-machine-learning'
    | 'database'
    | 'integration-delivery'
    | 'monitoring-logging'
    | 'networking'
    | 'security'
    | 'storage'
    | 'streaming-messaging';
  /** SPDX identifier. */
  readonly license?: string;
  readonly links?: readonly { readonly name: string; readonly url: string }[];
  readonly images?: readonly { readonly name: string; readonly image: string }[];
  /** Pages of other packages on Artifact Hub. */
  readonly recommendations?: readonly { readonly url: string }[];
  readonly changes?: readonly Change[];
  readonly prerelease?: boolean;
  readonly signKey?: SignKey;
}

const KINDS = ['added', 'changed', 'deprecated', 'removed', 'fixed', 'security'];

/** Artifact Hub takes a list of texts or one of objects, but no mixture. */
function changeList(changes: readonly Change[]): readonly (object | string)[] {
  if (changes.every(({ kind }) => kind === undefined)) {
    return changes.map(({ text }) => text);
  }
  return changes.map(({ kind = 'changed', text }) => {
    if (!KINDS.includes(kind)) {
      throw new Error(`Artifact Hub knows no changes "${kind}", but ${KINDS.join(', ')}`);
    }
    return { kind, description: text };
  });
}

/** The annotations of Chart.yaml that Artifact Hub reads. */
export function artifactHubAnnotations(info: ArtifactHubInfo): Readonly<Record<string, string>> {
  const { category, license, prerelease, changes } = info;
  const structured = { ...info, changes: changeList(changes ?? []) };
  const annotations: Record<string, string> = {};
  if (category !== undefined) {
    annotations['artifacthub.io/category'] = category;
  }
  if (license !== undefined) {
    annotations['artifacthub.io/license'] = license;
  }
  if (prerelease !== undefined) {
    annotations['artifacthub.io/prerelease'] = String(prerelease);
  }
  for (const key of ['links', 'images', 'recommendations', 'changes', 'signKey'] as const) {
    const value = structured[key];
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) {
      annotations[`artifacthub.io/${key}`] = stringify(value, { version: '1.1', lineWidth: 0 });
    }
  }
  return annotations;
}

/**
 * The text of artifacthub-repo.yml, by which Artifact Hub knows who publishes a chart repository.
 *
 * @throws when the id is none that Artifact Hub gives.
 */
export function artifactHubRepository(repositoryID: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(repositoryID)) {
    throw new Error(
      `${repositoryID} is no repository ID: copy it from Artifact Hub's control panel`,
    );
  }
  return stringify({ repositoryID }, { version: '1.1' });
}
