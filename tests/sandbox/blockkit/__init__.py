"""Tests of the strict Block Kit checker."""
