import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { BrowserRouter, Navigate, Route, Routes } from 'react-router'
import { TooltipGround } from '../ui/Tooltip'
import { BuildPage } from './BuildPage'
import { openProject } from './drafts'
import { PageSkeleton } from './PageSkeleton'
import { Shell } from './Shell'

const DataPage = lazy(() => import('../data/DataPage').then(({ DataPage: page }) => ({ default: page })))
const DatasetPage = lazy(() =>
  import('../data/DatasetPage').then(({ DatasetPage: page }) => ({ default: page })),
)
const RunsPage = lazy(() => import('../runs/RunsPage').then(({ RunsPage: page }) => ({ default: page })))
const RunPage = lazy(() => import('../runs/RunPage').then(({ RunPage: page }) => ({ default: page })))
const BoardPage = lazy(() => import('../runs/BoardPage').then(({ BoardPage: page }) => ({ default: page })))

const queries = new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: false } } })

/** The app: every screen by its address. */
export function App() {
  return (
    <QueryClientProvider client={queries}>
      <TooltipGround>
        <BrowserRouter>
          <Suspense fallback={<PageSkeleton />}>
            <Routes>
              <Route element={<Shell />}>
                <Route index element={<BuildPage />} />
                <Route path="data" element={<DataPage />} />
                <Route path="data/:dataset" element={<DatasetPage onOpen={openProject} />} />
                <Route path="runs" element={<RunsPage />} />
                <Route path="runs/:run" element={<RunPage onOpen={openProject} />} />
                <Route path="board" element={<BoardPage />} />
                <Route path="*" element={<Navigate to="/" replace />} />
              </Route>
            </Routes>
          </Suspense>
        </BrowserRouter>
      </TooltipGround>
    </QueryClientProvider>
  )
}
