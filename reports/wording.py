"""Owns how counted things and codes are said: ``1 case``, ``2 cases``, ``no cases``; names of outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from logsyn.reports.figures import Figures

if TYPE_CHECKING:
    from collections.abc import Mapping


class Wording(Figures):
    """What a page says in one language."""

    def name(self, names: Mapping[str, str], code: str) -> str:
        """The name of a code; a code without a name is given back as it is."""
        return self.gettext(names[code]) if code in names else code

    def unless_small(self, count: int | None) -> str:
        """A count of a group; ``< 5`` where it is hidden."""
        return self.gettext("< 5") if count is None else self.number(count)

    def about(self, figure: str, *, roughly: bool = True) -> str:
        """A figure, or where it is told ``roughly`` ``about 470``."""
        return self.gettext("about %(figure)s", figure=figure) if roughly else figure

    def about_share(self, part: int, about: int) -> str:
        """``about 86 %``: the share of a whole that is known roughly, in whole per cent; all only where it is so."""
        if part == about:
            return self.percent(1)
        return self.about(self.percent(min(max(round(part / about, 2), 0.01), 0.99)))

    def cases(self, count: int) -> str:
        """``no cases``, ``1 case``, ``1,234 cases``."""
        some = self.ngettext("%(shown)s case", "%(shown)s cases", count, shown=self.number(count))
        return some if count else self.gettext("no cases")

    def events(self, count: int) -> str:
        """``no registrations``, ``1 registration``, ``1,234 registrations``."""
        some = self.ngettext("%(shown)s registration", "%(shown)s registrations", count, shown=self.number(count))
        return some if count else self.gettext("no registrations")

    def labels(self, count: int) -> str:
        """``no activity names``, ``1 activity name``, ``54 activity names``."""
        some = self.ngettext("%(shown)s activity name", "%(shown)s activity names", count, shown=self.number(count))
        return some if count else self.gettext("no activity names")

    def rows(self, count: int) -> str:
        """``no rows``, ``1 row``, ``1,234 rows``."""
        some = self.ngettext("%(shown)s row", "%(shown)s rows", count, shown=self.number(count))
        return some if count else self.gettext("no rows")

    def files(self, count: int) -> str:
        """``no files``, ``1 file``, ``3 files``."""
        some = self.ngettext("%(shown)s file", "%(shown)s files", count, shown=self.number(count))
        return some if count else self.gettext("no files")

    def rules(self, count: int) -> str:
        """``no rules``, ``1 rule``, ``12 rules``."""
        some = self.ngettext("%(shown)s rule", "%(shown)s rules", count, shown=self.number(count))
        return some if count else self.gettext("no rules")

    def more(self, left_out: int) -> str:
        """What a table that shows only the largest says about the rest; empty when nothing is left out."""
        if left_out <= 0:
            return ""
        shown = self.number(left_out)
        return self.ngettext(
            "The largest are shown; %(shown)s more is in audit.json.",
            "The largest are shown; %(shown)s more are in audit.json.",
            left_out,
            shown=shown,
        )

    def quoted(self, words: str) -> str:
        """The words in the quotation marks of the language."""
        return f"»{words}«" if self.lang == "da" else f"“{words}”"

    def listed(self, words: list[str]) -> str:
        """``a``, ``a and b``, ``a, b and c``."""
        if len(words) < 2:
            return "".join(words)
        return self.gettext("%(first)s and %(last)s", first=", ".join(words[:-1]), last=words[-1])
