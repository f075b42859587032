/**
 * Runs some fast tests once as they are, and then once for each mutant, which must make a test
 * fail. `node test/mutants/run.cjs [id...]` runs some of them.
 */
const { execFile } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const mutants = require('./mutants.cjs');

const root = path.join(__dirname, '..', '..');
const jest = require.resolve('jest/bin/jest');
const config = path.join(__dirname, 'jest.config.cjs');

/** A chart that has everything: few mutants survive it, and those name other tests. */
const SAMPLE_CHART = 'test/property/sample-chart.test.ts';
const testsFor = ({ seenBy = SAMPLE_CHART }) => seenBy;

const AT_ONCE = 2;

/** What jest says of some suites: its report, with what it printed. More arguments may follow. */
function runJest(suites, id, ...more) {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'mutant-'));
  const report = path.join(directory, 'report.json');
  const args = [jest, '--config', config, ...more];
  const options = {
    cwd: root,
    env: { ...process.env, MUTANT: id ?? '', SEED: '1' },
    maxBuffer: 64 * 1024 * 1024,
  };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [...args, '--json', '--outputFile', report, ...suites],
      options,
      (_error, _stdout, stderr) => {
        try {
          resolve({ ...JSON.parse(fs.readFileSync(report, 'utf8')), printed: stderr });
        } catch (error) {
          reject(new Error(`jest wrote no report: ${error.message}\n${stderr}`));
        } finally {
          fs.rmSync(directory, { recursive: true });
        }
      },
    );
  });
}

function firstFailure(report) {
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  return tests.find(({ status }) => status === 'failed')?.fullName;
}

/** The test that a mutant fails; a suite that could not be loaded proves nothing. */
async function killerOf(mutant) {
  const suite = testsFor(mutant);
  const report = await runJest([suite], mutant.id, '--runInBand');
  const failure = firstFailure(report);
  if (failure !== undefined) {
    return { test: failure };
  }
  const isLoaded = report.numRuntimeErrorTestSuites === 0;
  return { problem: isLoaded ? `no test of ${suite} failed` : `${suite} could not be loaded` };
}

function misplaced({ id, file, find }) {
  const count = fs.readFileSync(path.join(root, file), 'utf8').split(find).length - 1;
  return count === 1 ? [] : [`${id}: its text occurs ${count} times in ${file}`];
}

async function main() {
  const wanted = process.argv.slice(2);
  const chosen = wanted.length === 0 ? mutants : mutants.filter(({ id }) => wanted.includes(id));
  const lost = chosen.flatMap(misplaced);
  if (lost.length > 0) {
    throw new Error(lost.join('\n'));
  }
  const sound = await runJest([...new Set(chosen.map(testsFor))], undefined);
  if (!sound.success || sound.numPassedTests === 0) {
    throw new Error(`the tests fail without any mutant\n${sound.printed}`);
  }
  const survivors = [];
  const waiting = [...chosen];
  async function work() {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const { test, problem } = await killerOf(mutant);
      const outcome = problem === undefined ? `failed: ${test}` : `SURVIVED: ${problem}`;
      console.log(`${mutant.id.padEnd(28)} ${outcome}`);
      if (problem !== undefined) {
        console.log(`${' '.repeat(29)}${mutant.file}: ${mutant.why}`);
        survivors.push(mutant);
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  console.log(`${chosen.length - survivors.length} passed, ${survivors.length} failed`);
  process.exitCode = survivors.length === 0 && chosen.length > 0 ? 0 : 1;
}

main().catch((error) => {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
});
