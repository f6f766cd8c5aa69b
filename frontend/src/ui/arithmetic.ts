/**
 * The value of a sum typed into a number field: digits, + − * / ** % and brackets ("28*28", "2**8 - 1").
 * Null where the text is not such a sum or has no finite value. Nothing is evaluated as code.
 */
export function evaluate(text: string): number | null {
  const tokens = tokenize(text)
  if (tokens === null || tokens.length === 0) return null
  const reader = new Reader(tokens)
  const value = reader.sum()
  return value !== null && reader.done() && Number.isFinite(value) ? value : null
}

const TOKEN = /\s*(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|\*\*|[-+*/%()])/y

function tokenize(text: string): string[] | null {
  const source = text
    .trim()
    .replace(/[×·]/g, '*')
    .replace(/[−–]/g, '-')
    .replace(/[\u2009\u00a0_ ](?=\d{3}\b)/g, '')
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < source.length) {
    const match = TOKEN.exec(source)
    if (!match?.[1]) return null
    tokens.push(match[1])
  }
  return tokens
}

class Reader {
  private at = 0
  private readonly tokens: string[]

  constructor(tokens: string[]) {
    this.tokens = tokens
  }

  done(): boolean {
    return this.at === this.tokens.length
  }

  sum(): number | null {
    return this.chain(['+', '-'], () => this.product())
  }

  private product(): number | null {
    return this.chain(['*', '/', '%'], () => this.signed())
  }

  private signed(): number | null {
    if (this.take('-')) return negate(this.signed())
    if (this.take('+')) return this.signed()
    return this.power()
  }

  private power(): number | null {
    const base = this.atom()
    if (base === null || !this.take('**')) return base
    const exponent = this.signed()
    return exponent === null ? null : base ** exponent
  }

  private atom(): number | null {
    if (this.take('(')) {
      const inner = this.sum()
      return this.take(')') ? inner : null
    }
    const token = this.tokens[this.at]
    if (token === undefined || !/^[\d.]/.test(token)) return null
    this.at += 1
    return Number(token)
  }

  private chain(operators: string[], next: () => number | null): number | null {
    let left = next()
    for (let sign = this.oneOf(operators); sign !== null; sign = this.oneOf(operators)) {
      const right = next()
      if (left === null || right === null) return null
      left = calculate(left, sign, right)
    }
    return left
  }

  private oneOf(operators: string[]): string | null {
    return operators.find((operator) => this.take(operator)) ?? null
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false
    this.at += 1
    return true
  }
}

function negate(value: number | null): number | null {
  return value === null ? null : -value
}

function calculate(left: number, sign: string, right: number): number {
  switch (sign) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left / right
    default:
      return left % right
  }
}
