import { spawnSync } from 'node:child_process';
import { chartYaml } from '../chart/chart-metadata';
import type { ChartArchive } from './chart-archive';

export interface SigningKey {
  /** Fingerprint, key id or address of an RSA key: Helm 3 reads no others. */
  readonly key: string;
  /** File with the key's passphrase; default: gpg asks its agent. */
  readonly passphraseFile?: string;
  /** Default: that of gpg. */
  readonly gnupgHome?: string;
}

const RSA = '1';

/** What a provenance file signs: the chart's metadata and the digest of its archive. */
export function provenanceText({ metadata, fileName, digest }: ChartArchive): string {
  return `${chartYaml(metadata)}\n...\nfiles:\n  ${fileName}: sha256:${digest}\n`;
}

function runGpg({ gnupgHome }: SigningKey, args: readonly string[], input = '') {
  const home = gnupgHome === undefined ? [] : ['--homedir', gnupgHome];
  const result = spawnSync('gpg', ['--batch', '--no-tty', ...home, ...args], {
    input,
    encoding: 'utf8',
  });
  if (result.error !== undefined) {
    throw new Error(`gpg did not start: ${result.error.message}`);
  }
  return result;
}

function checkKey(key: SigningKey): void {
  const { stdout, status } = runGpg(key, ['--with-colons', '--list-secret-keys', key.key]);
  if (status !== 0) {
    throw new Error(`gpg has no secret key ${key.key}`);
  }
  const algorithm = /^sec:(?:[^:]*:){2}([^:]*):/m.exec(stdout)?.[1];
  if (algorithm !== RSA) {
    throw new Error(
      `${key.key} is no RSA key, and Helm 3 verifies no others: sign with an RSA key`,
    );
  }
}

/**
 * The text of `<archive>.prov`, for `helm verify` and `helm install --verify`, signed by gpg.
 *
 * @throws when gpg is missing, does not have the key, or the key is not RSA.
 */
export function provenance(archive: ChartArchive, key: SigningKey): string {
  checkKey(key);
  const passphrase =
    key.passphraseFile === undefined
      ? []
      : ['--pinentry-mode', 'loopback', '--passphrase-file', key.passphraseFile];
  const args = [...passphrase, '--digest-algo', 'SHA512', '--local-user', key.key, '--clearsign'];
  const { stdout, stderr, status } = runGpg(key, args, provenanceText(archive));
  if (status !== 0) {
    throw new Error(`gpg cannot sign ${archive.fileName}: ${stderr.trim()}`);
  }
  return stdout;
}
