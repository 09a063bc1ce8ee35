"""The tests; while they are imported and collected hardly anything is garbage, so it is looked for less often."""

import gc

gc.set_threshold(100_000, 50, 100)
