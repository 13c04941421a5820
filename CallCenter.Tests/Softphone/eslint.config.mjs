// Run from the repository's root: see ../../test, suite softphone.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import ts from 'typescript-eslint';

const here = dirname(fileURLToPath(import.meta.url));

export default ts.config(
  { ignores: ['**/*.mjs', '**/obj/**'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...ts.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { project: `${here}/tsconfig.json`, tsconfigRootDir: here } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidOperator: true }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Test and wire code read better so: an index signature is reached by brackets (tsc demands it), and `{ [key]: value }` types say what the key is.
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      'no-console': 'error',
      'max-lines': ['error', { max: 260, skipBlankLines: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['CallCenter.Tests/**/*.ts'],
    rules: {
      // node:test's describe and it return promises that the runner awaits.
      '@typescript-eslint/no-floating-promises': 'off',
      // assert.equal narrows to the asserted value, and the next step changes it.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      'max-lines': 'off',
      'no-console': 'off',
    },
  },
);
