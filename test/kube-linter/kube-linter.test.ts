import { kubeLinterFindings } from '../cluster/lint-findings';
import { proveLinted } from '../cluster/lint-proof';

proveLinted({
  name: 'kube-linter',
  findings: kubeLinterFindings,
  strictCheck: 'latest-tag',
});
