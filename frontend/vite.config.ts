import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const server = 'http://127.0.0.1:8000'

export default defineConfig({
  plugins: [react()],
  build: { outDir: 'dist', target: 'es2022', sourcemap: false },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': { target: server, ws: true, changeOrigin: false }, '/tensorboard': server },
  },
  test: {
    environment: 'happy-dom',
    setupFiles: ['src/app/testSetup.ts'],
    restoreMocks: true,
    projects: [
      // Plain functions leave nothing behind: one process after the other would load the same modules again.
      { extends: true, test: { name: 'functions', include: ['src/**/*.test.ts'], isolate: false } },
      { extends: true, test: { name: 'components', include: ['src/**/*.test.tsx'] } },
    ],
  },
})
