import type { Volume, VolumeMount } from 'kubernetes-types/core/v1';
import { when, type Dynamic, type Expr, type ListItem } from '../../helm/index';

/** The keys of a Secret as files. */
export interface SecretFiles {
  readonly volume: ListItem<Volume>;
  readonly mount: ListItem<VolumeMount>;
}

/** The files of a Secret in a directory, where a value names one. */
export function secretFiles(
  volume: string,
  secretName: Expr<string>,
  mountPath: string,
): SecretFiles {
  const mount: Dynamic<VolumeMount> = { name: volume, mountPath, readOnly: true };
  return {
    volume: when<Volume>(secretName, { name: volume, secret: { secretName, defaultMode: 0o440 } }),
    mount: when<VolumeMount>(secretName, mount),
  };
}
