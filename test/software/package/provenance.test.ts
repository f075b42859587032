import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packChart } from '../../../src/helm/package/chart-archive';
import { readCharts } from '../../../src/helm/package/chart-directory';
import { provenance } from '../../../src/helm/package/provenance';
import { helmVersions } from '../../real-helm/binaries';
import { isInstalled } from '../installed';
import { useTemporaryDirectory } from '../../helm/temporary-directory';
import { renderDefaults, runHelmCommand } from '../../helm/package/run-helm-command';
import { smallArchive } from '../../helm/package/small-chart';

const CHARTS_OUT = join(__dirname, '../../../charts-out');
const PASSPHRASE = 'a throw-away passphrase';
const directory = useTemporaryDirectory();
const withGpg = isInstalled('/usr/bin/gpg', 'gnupg') ? describe : describe.skip;

withGpg('with keys of gpg', () => {
  let home: string;
  let passphraseFile: string;
  let keyring: string;

  function gpg(...args: readonly string[]): void {
    execFileSync('gpg', ['--homedir', home, '--batch', '--quiet', ...args], { stdio: 'pipe' });
  }

  beforeAll(() => {
    // Short, since the socket of gpg's agent stands in it.
    home = mkdtempSync(join(tmpdir(), 'gpg-'));
    chmodSync(home, 0o700);
    passphraseFile = join(home, 'passphrase');
    writeFileSync(passphraseFile, PASSPHRASE);
    const protect = ['--pinentry-mode', 'loopback', '--passphrase-file', passphraseFile];
    gpg(...protect, '--quick-generate-key', 'Charts <charts@example.com>', 'rsa3072', 'sign', '0');
    gpg(...protect, '--quick-generate-key', 'New <new@example.com>', 'ed25519', 'sign', '0');
    keyring = join(home, 'keyring.gpg');
    gpg('--output', keyring, '--export', 'charts@example.com');
  }, 120_000);

  afterAll(() => {
    execFileSync('gpgconf', ['--homedir', home, '--kill', 'all']);
    rmSync(home, { recursive: true });
  });

  function sign(archive: ReturnType<typeof packChart>): string {
    const path = join(directory(), archive.fileName);
    writeFileSync(path, archive.bytes);
    const key = { key: 'charts@example.com', passphraseFile, gnupgHome: home };
    writeFileSync(`${path}.prov`, provenance(archive, key));
    return path;
  }

  test.each(helmVersions)('Helm $version verifies every signed chart', async (helm) => {
    for (const archive of readCharts(CHARTS_OUT).map(packChart)) {
      const path = sign(archive);
      const output = await runHelmCommand(helm, directory(), 'verify', path, '--keyring', keyring);
      expect(output).toContain('Signed by: Charts <charts@example.com>');
      expect(output).toContain(`Chart Hash Verified: sha256:${archive.digest}`);
      const keys = ['--verify', '--keyring', keyring];
      const rendered = await renderDefaults(helm, directory(), path, ...keys);
      expect(rendered.output).toMatch(/kind:|execution error at/);
    }
  });

  test.each(helmVersions)('Helm $version refuses a chart that was changed', async (helm) => {
    const path = sign(smallArchive('ant', '1.0.0'));
    writeFileSync(path, smallArchive('ant', '1.0.0', 'evil').bytes);
    await expect(
      runHelmCommand(helm, directory(), 'verify', path, '--keyring', keyring),
    ).rejects.toThrow('sha256 sum does not match');
  });

  test.each(helmVersions)('Helm $version refuses a key that it does not know', async (helm) => {
    const path = sign(smallArchive('ant', '1.0.0'));
    const other = join(home, 'other.gpg');
    mkdirSync(directory(), { recursive: true });
    gpg('--yes', '--output', other, '--export', 'new@example.com');
    await expect(
      runHelmCommand(helm, directory(), 'verify', path, '--keyring', other),
    ).rejects.toThrow();
  });

  test('a key that Helm 3 cannot verify is refused', () => {
    const key = { key: 'new@example.com', passphraseFile, gnupgHome: home };
    expect(() => provenance(smallArchive('ant', '1.0.0'), key)).toThrow(
      'new@example.com is no RSA key, and Helm 3 verifies no others: sign with an RSA key',
    );
  });

  test('a key that is not there, and a wrong passphrase, are errors', () => {
    const archive = smallArchive('ant', '1.0.0');
    const nobody = { key: 'nobody@example.com', gnupgHome: home };
    expect(() => provenance(archive, nobody)).toThrow('gpg has no secret key nobody@example.com');
    const wrong = { key: 'charts@example.com', passphraseFile: '/dev/null', gnupgHome: home };
    execFileSync('gpgconf', ['--homedir', home, '--kill', 'all']);
    expect(() => provenance(archive, wrong)).toThrow('gpg cannot sign ant-1.0.0.tgz: ');
  });
});
