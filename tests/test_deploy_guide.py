"""The operator's guide is held against the product: what it tells one to type and to set exists."""

import re
from pathlib import Path

from slackbot.__main__ import main
from slackbot.metrics import Metrics
from slackbot.settings import Settings

GUIDE = (Path(__file__).parents[1] / "docs" / "deploy.md").read_text()
BLOCKS = re.findall(r"```\n(.*?)```", GUIDE, re.DOTALL)


def test_every_command_it_names_exists() -> None:
    named = set(
        re.findall(r"\bprm (migrate|[a-z]+)\b(?= |`|\n|$)", "\n".join(re.findall(r"bin/prm [^\n`]+", GUIDE)))
    )

    assert {"migrate", "doctor", "run", "backup", "restore", "copy"} <= named
    assert named <= set(main.commands)


def test_every_variable_it_names_exists() -> None:
    named = set(re.findall(r"\b((?:SLACK|PRM|LOG|DATABASE)_[A-Z_]+)\b", GUIDE)) - {"SLACK_"}

    assert named <= {str(field.alias) for field in Settings.model_fields.values()}


def test_every_metric_it_names_is_on_the_page_and_the_other_way_round() -> None:
    table = "\n".join(line for line in GUIDE.splitlines() if line.startswith("| `prm_"))
    named = {name.removesuffix("_total") for name in re.findall(r"`(prm_[a-z_]+)", table)}
    ours = set(
        re.findall(r'"(prm_[a-z_]+)"', (Path(__file__).parents[1] / "slackbot" / "metrics.py").read_text())
    )

    assert Metrics().page(None).startswith(b"# HELP prm_")
    assert named == ours
