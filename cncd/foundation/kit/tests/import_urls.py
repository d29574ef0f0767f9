"""The addresses of the project and one import of ducks, for tests of the import steps."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import include, path

from cncd.foundation.kit.excel import Heading
from cncd.foundation.kit.imports import NEW, UNCHANGED, UPDATED, Import, Line, refuse_doubles

DUCKS: dict[str, int] = {}
WRITTEN: list[list[str]] = []


class DuckImport(Import):
    title = "Vịt"
    name = "ducks"
    back = "/people/"
    columns = [
        Heading("name", "Tên vịt", required=True, examples=["Vịt Xiêm"]),
        Heading("eggs", "Số trứng", kind="whole"),
    ]

    def check(self, sheet):
        refuse_doubles(sheet, "name")
        return [self.line(row) for row in sheet]

    def line(self, row):
        eggs = DUCKS.get(row["name"])
        if eggs is None:
            return Line.of(row, NEW, content=row.values)
        if eggs == row["eggs"]:
            return Line.of(row, UNCHANGED)
        return Line.of(row, UPDATED, content=row.values, notes=[f"{eggs} → {row['eggs']}"])

    def write(self, lines):
        if any(line.content["eggs"] == 13 for line in lines):
            raise ValidationError("Mười ba là số xui.")
        DUCKS.update({line.content["name"]: line.content["eggs"] for line in lines})
        WRITTEN.append([line.content["name"] for line in lines])
        return f"Đã ghi {len(lines)} con vịt."


def ducks(request):
    return DuckImport(request).response()


urlpatterns = [path("ducks/", ducks), path("", include(settings.ROOT_URLCONF))]
