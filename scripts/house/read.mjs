/** What the rules need to know of one source file, read from its syntax tree. */
import { posix } from 'node:path'
import ts from 'typescript'

/**
 * @typedef {object} Import
 * @property {string} to path of a file of the house, `node:…`, or the name of an outside package
 * @property {'house' | 'node' | 'package'} kind
 * @property {boolean} typeOnly gone once compiled
 * @property {boolean} lazy loaded when asked for
 * @property {number} line from 1
 *
 * @typedef {object} Mark
 * @property {string} what
 * @property {number} line from 1
 *
 * @typedef {object} Source
 * @property {string} path
 * @property {number} lines
 * @property {readonly Import[]} imports
 * @property {readonly Mark[]} exports `export *` and `export default`
 * @property {readonly Mark[]} clocks readings of the clock or of chance
 * @property {readonly Mark[]} dates other uses of `Date`
 * @property {readonly Mark[]} globals uses of what only Node has
 * @property {readonly Mark[]} focused tests that run alone
 */

const NODE_GLOBALS = new Set([
  'process',
  'Buffer',
  'global',
  'require',
  'module',
  '__dirname',
  '__filename',
  'setImmediate',
])
const BUILTIN =
  /^(assert|buffer|child_process|cluster|crypto|dns|events|fs|http2?|https|module|net|os|path|perf_hooks|process|readline|stream|timers|tls|tty|url|util|v8|vm|worker_threads|zlib)(\/|$)/

/**
 * @param {string} path from the top, with `/`
 * @param {string} text
 * @returns {Source}
 */
export function readSource(path, text) {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
  const source = {
    path,
    lines: text === '' ? 0 : text.replace(/\n$/, '').split('\n').length,
    imports: /** @type {Import[]} */ ([]),
    exports: /** @type {Mark[]} */ ([]),
    clocks: /** @type {Mark[]} */ ([]),
    dates: /** @type {Mark[]} */ ([]),
    globals: /** @type {Mark[]} */ ([]),
    focused: /** @type {Mark[]} */ ([]),
  }
  /** @param {ts.Node} node */
  const lineOf = (node) => tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1
  /** @param {ts.Node | undefined} specifier @param {{ typeOnly?: boolean, lazy?: boolean }} how */
  const imported = (specifier, { typeOnly = false, lazy = false }) => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return
    const line = lineOf(specifier)
    source.imports.push({ ...resolve(path, specifier.text), typeOnly, lazy, line })
  }
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isImportDeclaration(node))
      imported(node.moduleSpecifier, {
        typeOnly: node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
      })
    else if (ts.isExportDeclaration(node)) {
      imported(node.moduleSpecifier, { typeOnly: node.isTypeOnly })
      if (node.exportClause === undefined || ts.isNamespaceExport(node.exportClause))
        source.exports.push({ what: 'export *', line: lineOf(node) })
      else if (node.exportClause.elements.some(({ name }) => name.text === 'default'))
        source.exports.push({ what: 'export default', line: lineOf(node) })
    } else if (ts.isExportAssignment(node) || hasDefault(node))
      source.exports.push({ what: 'export default', line: lineOf(node) })
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      imported(node.argument.literal, { typeOnly: true })
    else if (ts.isCallExpression(node) && loads(node.expression))
      imported(node.arguments[0], { lazy: true })
    else if (
      ts.isImportEqualsDeclaration(node) &&
      ts.isExternalModuleReference(node.moduleReference)
    )
      imported(node.moduleReference.expression, { typeOnly: node.isTypeOnly })

    if (ts.isIdentifier(node) && isFree(node)) {
      const line = lineOf(node)
      const clock = clockOf(node)
      if (clock !== null) source.clocks.push({ what: clock, line })
      else if (node.text === 'Date' && !isRightOfInstanceof(node))
        source.dates.push({ what: 'Date', line })
      if (NODE_GLOBALS.has(node.text)) source.globals.push({ what: node.text, line })
    }
    if (
      ts.isPropertyAccessExpression(node) &&
      node.name.text === 'only' &&
      ts.isIdentifier(node.expression) &&
      ['test', 'it', 'describe', 'suite'].includes(node.expression.text)
    )
      source.focused.push({ what: `${node.expression.text}.only`, line: lineOf(node) })
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return source
}

/**
 * Where a specifier leads, seen from a file.
 *
 * @param {string} from @param {string} specifier
 * @returns {Pick<Import, 'to' | 'kind'>}
 */
function resolve(from, specifier) {
  if (specifier.startsWith('.')) {
    const path = posix.join(posix.dirname(from), specifier)
    return { kind: 'house', to: path.replace(/\.js$/, '.ts') }
  }
  if (specifier.startsWith('node:')) return { kind: 'node', to: specifier }
  if (BUILTIN.test(specifier)) return { kind: 'node', to: `node:${specifier}` }
  const parts = specifier.split('/')
  return { kind: 'package', to: parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/') }
}

/** @param {ts.Node} callee */
function loads(callee) {
  return (
    callee.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(callee) && callee.text === 'require')
  )
}

/** @param {ts.Node} node */
function hasDefault(node) {
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
  )
}

/**
 * Whether a name stands for a value of its own: no type, no property, no name being declared.
 *
 * @param {ts.Identifier} node
 */
function isFree(node) {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  if (ts.isBindingElement(parent) || ts.isVariableDeclaration(parent) || ts.isParameter(parent))
    return parent.initializer === node
  return !(
    ts.isTypeReferenceNode(parent) ||
    ts.isQualifiedName(parent) ||
    ts.isTypeQueryNode(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isNamespaceImport(parent) ||
    ts.isLabeledStatement(parent) ||
    ts.isTypeElement(parent) ||
    ts.isClassElement(parent) ||
    ts.isDeclarationStatement(parent) ||
    (ts.isMethodDeclaration(parent) && parent.name === node)
  )
}

/**
 * Which reading of the clock or of chance a free name is, if any.
 *
 * @param {ts.Identifier} node
 * @returns {string | null}
 */
function clockOf(node) {
  const { parent, text } = node
  const member = ts.isPropertyAccessExpression(parent) ? parent.name.text : null
  if (text === 'Temporal') return member === 'Now' ? 'Temporal.Now' : null
  if (text === 'Math') {
    if (member === null) return 'Math'
    return member === 'random' ? 'Math.random' : null
  }
  if (text !== 'Date') return null
  if (member !== null) return member === 'UTC' || member === 'parse' ? null : `Date.${member}`
  if (ts.isNewExpression(parent) && parent.expression === node)
    return (parent.arguments?.length ?? 0) === 0 ? 'new Date()' : null
  return isRightOfInstanceof(node) ? null : 'Date'
}

/** @param {ts.Identifier} node */
function isRightOfInstanceof({ parent }) {
  return (
    ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword
  )
}
