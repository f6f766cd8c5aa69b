import js from '@eslint/js'
import hooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const rooms = ['api', 'app', 'data', 'editor', 'graph', 'runs', 'training', 'ui']
const network = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']
const reactFlow = { group: ['@xyflow/*'], message: 'Only editor/ knows React Flow.' }
const chart = { group: ['uplot'], message: 'Only runs/ draws charts.' }

/** What a room may import from its neighbours; everything else is refused. The same arrows as in docs and DESIGN. */
const arrows = {
  ui: [],
  graph: [],
  api: ['graph'],
  editor: ['api', 'graph', 'ui'],
  data: ['api', 'graph', 'ui', 'editor'],
  runs: ['api', 'graph', 'ui', 'editor', 'data'],
  training: ['api', 'graph', 'ui', 'editor', 'data', 'runs'],
  app: rooms,
}

function forbidden(room) {
  const closed = rooms.filter((other) => other !== room && !arrows[room].includes(other))
  const patterns = closed.map((other) => ({
    group: [`../${other}/*`, `../${other}`, `../../${other}/*`],
    message: `${room}/ must not import ${other}/.`,
  }))
  if (room !== 'editor') patterns.push(reactFlow)
  if (room !== 'runs') patterns.push(chart)
  return patterns
}

const reactAndDom = [
  { group: ['react', 'react-dom', 'react-*', '@radix-ui/*', 'radix-ui'], message: 'graph/ is plain data.' },
]

function roomRules(room) {
  return {
    files: [`src/${room}/**/*.{ts,tsx}`],
    rules: {
      'no-restricted-imports': ['error', { patterns: forbidden(room) }],
      ...(room === 'api'
        ? {}
        : {
            'no-restricted-globals': [
              'error',
              ...network.map((name) => ({ name, message: 'Only api/ speaks to the network.' })),
            ],
          }),
    },
  }
}

export default defineConfig(
  globalIgnores(['dist/', 'src/api/types.gen.ts']),
  js.configs.recommended,
  {
    files: ['public/**/*.js'],
    languageOptions: { globals: { document: 'readonly', localStorage: 'readonly', matchMedia: 'readonly' } },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      hooks.configs.flat.recommended,
    ],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  ...rooms.map(roomRules),
  {
    // The drawing is data. The two hooks that let components read it are the only files here that know React.
    files: ['src/graph/**/*.ts'],
    ignores: ['src/graph/use*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [...forbidden('graph'), ...reactAndDom] }] },
  },
)
