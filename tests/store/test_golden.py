"""Every store a released version wrote still opens; each is kept as it was."""

import json
import shutil
from pathlib import Path

import pytest

from chutdiao.store import migrations, package

STORES = Path(__file__).parents[1] / "golden" / "stores"


@pytest.mark.parametrize("version", sorted(path.name for path in STORES.iterdir()))
def test_a_kept_store_opens_with_all_it_held(open_store, tmp_path, version):
    shutil.copytree(STORES / version, tmp_path / version)
    store = open_store(version, create=False)
    expected = json.loads((STORES / version / "expected.json").read_text("utf-8"))
    assert store.keeper.recovery_code() == expected["recovery_code"]
    assert sorted(one.id for one in store.businesses.all()) == sorted(expected["businesses"])
    for business, digest in expected["businesses"].items():
        assert package.content_digest(package.collect(store.database, business)) == digest
        assert store.drafts.for_business(business)
        assert store.outbox.all(business)[0].attempts
        assert store.cases.all(business)[0].events
        assert store.files.read(store.files.documents(business)[0].sha256)
    assert store.drafts.quarantined() == []
    steps = store.database.number("PRAGMA user_version")
    assert steps == len(migrations.STEPS)
    backups = list((tmp_path / version).glob(f"backups/*before-version-{steps}*"))
    assert bool(backups) is (f"v{steps}" != version)
    store.keeper.inspect()


@pytest.mark.parametrize("version", sorted(path.name for path in STORES.iterdir()))
def test_a_kept_store_opens_with_its_recovery_code(open_store, tmp_path, version):
    shutil.copytree(STORES / version, tmp_path / version)
    (tmp_path / version / "key").unlink()
    expected = json.loads((STORES / version / "expected.json").read_text("utf-8"))
    assert open_store(version, create=False, recovery_code=expected["recovery_code"]).businesses.all()
