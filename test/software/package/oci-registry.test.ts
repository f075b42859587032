import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imageDigest, packChart, readCharts } from '../../../src/helm';
import { runHelmCommand } from '../../helm/package/run-helm-command';
import { useTemporaryDirectory } from '../../helm/temporary-directory';
import { HELM_4, helmVersions, type HelmBinary } from '../../real-helm/binaries';
import { isolatedEnv } from '../../real-helm/isolated-env';
import { BackgroundProgram, freePort } from '../background-program';
import { isInstalled } from '../installed';

const REGISTRY = '/usr/bin/docker-registry';
const charts = readCharts(join(__dirname, '../../../charts-out'));
const directory = useTemporaryDirectory();
const withRegistry = isInstalled(REGISTRY, 'docker-registry') ? describe : describe.skip;

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

withRegistry('an OCI registry', () => {
  let home: string;
  let host: string;
  let registry: BackgroundProgram;

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'registry-'));
    host = `localhost:${await freePort()}`;
    const config = join(home, 'config.yml');
    const storage = `storage: {filesystem: {rootdirectory: ${join(home, 'data')}}}`;
    writeFileSync(config, `version: 0.1\n${storage}\nhttp: {addr: "${host}"}\n`);
    const log = join(home, 'log');
    registry = new BackgroundProgram({ file: REGISTRY, args: ['serve', config], log });
    await registry.waitUntil(() => answers(`http://${host}/v2/`), 60);
  }, 90_000);

  afterAll(async () => {
    await registry.stop();
    rmSync(home, { recursive: true });
  });

  /** Helm 3.12 speaks plain http to localhost by itself, and knows no flag for it. */
  function plainHttp(helm: HelmBinary): readonly string[] {
    return helm.version.startsWith('3.12.') ? [] : ['--plain-http'];
  }

  test.each(helmVersions)('Helm $version pushes every chart and pulls it again', async (helm) => {
    const run = (...args: readonly string[]) => runHelmCommand(helm, directory(), ...args);
    const folder = `oci://${host}/helm-${helm.version}`;
    for (const archive of charts.map(packChart)) {
      const { name, version } = archive.metadata;
      const path = join(directory(), archive.fileName);
      writeFileSync(path, archive.bytes);
      const pushed = await run('push', path, folder, ...plainHttp(helm));
      expect(pushed).toContain(`Pushed: ${host}/helm-${helm.version}/${name}:${version}`);
      expect(pushed).toContain(
        `Digest: ${await imageDigest(`${host}/helm-${helm.version}/${name}:${version}`)}`,
      );
      const pull = [`${folder}/${name}`, '--version', version, ...plainHttp(helm)];
      mkdirSync(join(directory(), 'pulled'), { recursive: true });
      await run('pull', ...pull, '--destination', join(directory(), 'pulled'));
      const pulled = readFileSync(join(directory(), 'pulled', archive.fileName));
      expect(Buffer.compare(pulled, archive.bytes)).toBe(0);
      expect(await run('show', 'chart', ...pull)).toContain(`name: ${name}`);
    }
  });

  test('scripts/push-charts.mjs pushes all and signs each by its digest', async () => {
    const archives = charts.map(packChart);
    mkdirSync(join(directory(), 'dist/charts'), { recursive: true });
    mkdirSync(join(directory(), 'bin'));
    for (const { fileName, bytes } of archives) {
      writeFileSync(join(directory(), 'dist/charts', fileName), bytes);
    }
    const log = join(directory(), 'cosign.log');
    // In place of cosign, which would ask for a login: what it was asked to do.
    const cosign = `#!/bin/sh\necho "$*" >> ${log}\n`;
    writeFileSync(join(directory(), 'bin/cosign'), cosign, { mode: 0o755 });
    symlinkSync(HELM_4.path, join(directory(), 'bin/helm'));
    const folder = `${host}/pushed`;
    const script = join(__dirname, '../../../scripts/push-charts.mjs');
    const args = [script, folder, '--sbom', 'sbom.json', '--plain-http'];
    const env = isolatedEnv(directory());
    execFileSync(process.execPath, args, {
      cwd: directory(),
      env: { ...env, PATH: `${join(directory(), 'bin')}:${env.PATH ?? ''}` },
      stdio: 'pipe',
    });
    const expected = [];
    for (const { name, version } of archives.map(({ metadata }) => metadata)) {
      const image = `${folder}/${name}@${await imageDigest(`${folder}/${name}:${version}`)}`;
      expected.push(`sign --yes ${image}`);
      expected.push(`attest --yes --type spdxjson --predicate sbom.json ${image}`);
    }
    expect(readFileSync(log, 'utf8').trim().split('\n')).toEqual(expected);
  });

  test('a chart that was not pushed is not there', async () => {
    await expect(imageDigest(`${host}/nothing:1.0.0`)).rejects.toThrow('does not exist');
  });
});
