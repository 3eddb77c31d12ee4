"""Build hook: a wheel carries the built index of forms, so the installed program never reads YAML forms."""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = "chutdiao/_shipped/forms"


class IndexHook(BuildHookInterface):
    """Builds ``forms/.built`` beside the checkout and puts it into the wheel."""

    PLUGIN_NAME = "custom"
    _folder: Path | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the index; a form that cannot be built stops the wheel."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from chutdiao.formlib import index

        built = index.build(root / "forms", stamped=False)
        if built.problems:
            raise SystemExit("\n".join(f"{problem.place}: {problem.code}" for problem in built.problems))
        self._folder = Path(tempfile.mkdtemp(prefix="chutdiao-index-"))
        index.write(built, self._folder)
        for path in sorted(self._folder.rglob("*.json")):
            inside = path.relative_to(self._folder).as_posix()
            build_data["force_include"][str(path)] = f"{SHIPPED}/{index.BUILT}/{inside}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove what was built beside the checkout."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
