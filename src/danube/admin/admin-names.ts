import { str, type Expr } from '../../helm/index';

/** The names of the objects of danube-admin. */
export class AdminNames {
  constructor(private readonly prefix: Expr<string>) {}

  get admin(): Expr<string> {
    return str`${this.prefix}-danube-admin`;
  }

  get adminUI(): Expr<string> {
    return str`${this.prefix}-danube-admin-ui`;
  }

  get adminUIConfig(): Expr<string> {
    return str`${this.prefix}-danube-admin-ui-config`;
  }

  get mcp(): Expr<string> {
    return str`${this.prefix}-danube-mcp`;
  }
}
