import { areBuilt } from '../go-programs';
import { KUBE_SCORE, kubeScoreFindings } from './lint-findings';
import { proveLinted } from './lint-proof';

const describeBuilt = areBuilt([KUBE_SCORE]) ? describe : describe.skip;

describeBuilt('kube-score', () => {
  proveLinted({
    name: 'kube-score',
    findings: kubeScoreFindings,
    strictCheck: 'container-image-tag',
  });
});
