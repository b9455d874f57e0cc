/** The custom-elements manifest of the elements, made from their sources and doc comments. */
export default {
  globs: ['src/**/*.ts'],
  exclude: ['src/**/*.test.ts', 'src/**/*.styles.ts', 'src/**/*.d.ts', 'src/i18n/**'],
  outdir: '.',
  litelement: true,
  packagejson: false,
  plugins: [publicOnly()],
};

/**
 * Leaves out what no page can use: private members, events that do not exist, and modules that declare no
 * element or event.
 */
function publicOnly() {
  return {
    name: 'public-only',
    packageLinkPhase({ customElementsManifest }) {
      for (const module of customElementsManifest.modules) {
        module.declarations = (module.declarations ?? []).filter(
          (declaration) => declaration.customElement || /Event$/.test(declaration.name),
        );
        for (const declaration of module.declarations) {
          // The analyzer takes any argument of `dispatchEvent` for an event, such as a variable.
          declaration.events = declaration.events?.filter(({ name }) => name?.startsWith('rtc-'));
          declaration.members = declaration.members?.filter(
            ({ privacy, name }) =>
              privacy === undefined || (privacy === 'public' && name[0] !== '#'),
          );
        }
      }
      customElementsManifest.modules = customElementsManifest.modules
        .filter(({ declarations }) => declarations.length > 0)
        .sort((a, b) => (a.path < b.path ? -1 : 1));
    },
  };
}
