import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { imageDigest, packChart, readCharts } from '../../../src/helm';
import { runHelmCommand } from '../../helm/package/run-helm-command';
import { useTemporaryDirectory } from '../../helm/temporary-directory';
import { helmVersions, type HelmBinary } from '../../real-helm/binaries';
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

  test('a chart that was not pushed is not there', async () => {
    await expect(imageDigest(`${host}/nothing:1.0.0`)).rejects.toThrow('does not exist');
  });
});
