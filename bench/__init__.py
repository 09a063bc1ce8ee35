"""Measures the hot paths beside their bare ceilings, in one run; ratios count, not absolute numbers."""
