import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { type Plugin, defineConfig } from "vite";

/** Writes down what the build calls its files today: the loader has no other way to know. */
function manifest(): Plugin {
  return {
    name: "manifest",
    // After the one that writes the style sheet.
    enforce: "post",
    generateBundle(_, bundle) {
      const loader = bundle["loader.js"];
      if (loader?.type !== "chunk" || loader.imports.length > 0) {
        this.error("The loader outlives every other file, so it can import none");
      }
      const named = (start: string, end: string) =>
        Object.keys(bundle).find((name) => name.startsWith(start) && name.endsWith(end));
      this.emitFile({
        type: "asset",
        fileName: "manifest.json",
        source: JSON.stringify({
          account: named("account-", ".js"),
          admin: named("admin-", ".js"),
          style: named("style-", ".css"),
        }),
      });
    },
  };
}

/** Ships the licences of other people's code beside it. */
function licences(): Plugin {
  const folder = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//;
  return {
    name: "licences",
    generateBundle(_, bundle) {
      const packages = new Set<string>();
      for (const chunk of Object.values(bundle)) {
        for (const id of chunk.type === "chunk" ? chunk.moduleIds : []) {
          const found = folder.exec(id)?.[1];
          if (found) {
            packages.add(found);
          }
        }
      }
      const texts = [...packages].sort().map((at) => {
        const { name, version, license } = JSON.parse(readFileSync(join(at, "package.json"), "utf8")) as {
          name: string;
          version: string;
          license: string;
        };
        const file = existsSync(at) && readdirSync(at).find((entry) => /^licen[cs]e/i.test(entry));
        return `${name} ${version} (${license})\n\n${file ? readFileSync(join(at, file), "utf8") : ""}`;
      });
      this.emitFile({ type: "asset", fileName: "THIRD-PARTY.txt", source: texts.join(`\n${"-".repeat(80)}\n\n`) });
    },
  };
}

export default defineConfig({
  plugins: [react(), manifest(), licences()],
  base: "./",
  define: { "process.env.NODE_ENV": '"production"' },
  build: {
    outDir: "../target/ui/access-keys/ui",
    emptyOutDir: true,
    target: "es2022",
    cssCodeSplit: false,
    modulePreload: false,
    // What PatternFly draws with, in the style sheet: no file of ours but script and style.
    assetsInlineLimit: 0,
    rollupOptions: {
      // The console has them in its import map, and its page and ours must share one React.
      external: ["react", "react-dom", "react/jsx-runtime"],
      input: {
        loader: "pages/src/loader.ts",
        account: "pages/src/account/Page.tsx",
        admin: "pages/src/admin/main.ts",
      },
      preserveEntrySignatures: "strict",
      output: {
        format: "es",
        entryFileNames: ({ name }) => (name === "loader" ? "loader.js" : `${name}-[hash].js`),
        // One for what both pages have: of more a browser would have to ask for one after the other.
        chunkFileNames: "shared-[hash].js",
        assetFileNames: "style-[hash][extname]",
      },
    },
  },
});
