"""
The numbered scenarios that every notifier holds.

An adapter brings two fixtures::

    class TestOurNotifier(NotifierSuite):
        @pytest.fixture
        def notifier(self) -> Notifier:
            return OurNotifier()

        @pytest.fixture
        def heard(self) -> Callable[[], list[str]]:
            return lambda: [letter.text for letter in letters]

and a third, ``broken``, one that cannot tell at the moment; a notifier that always can names ``failing`` in *missing*,
with the reason.
"""

import pytest

# Before it is imported: else a scenario that fails would not show what it compared.
pytest.register_assert_rewrite(f"{__name__}.telling")

from devrules.testing.notifier_suite.telling import NotifierSuite  # noqa: E402

__all__ = ["NotifierSuite"]
