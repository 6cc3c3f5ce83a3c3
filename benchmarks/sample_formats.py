"""Prints three documents of the sample in other formats: `python -m benchmarks.sample_formats samples/formats`.

The province's plan as DOCX with automatic numbers, the city's as PDF (by LibreOffice), the district's as OFD (by ofdrw).
"""

import sys
from pathlib import Path

from benchmarks.printing import by_libreoffice, ofd_printer, print_docx, print_ofd
from loaders.read.registry import read

SAMPLE = Path(__file__).parents[1] / "samples" / "lanjiang"


def main(folder: Path) -> None:
    """Write the three files.

    Raises:
        OSError: LibreOffice, Java or Maven is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    print_docx(read(SAMPLE / "province.txt"), folder / "province.docx")
    city = folder / "chengzhou.docx"
    print_docx(read(SAMPLE / "chengzhou.html"), city)
    by_libreoffice(city, "pdf")
    city.unlink()
    printer = ofd_printer()
    if printer is None:
        raise OSError("Java or Maven is not there: no OFD was made")
    print_ofd(read(SAMPLE / "yunxi.md"), folder / "yunxi.ofd", printer)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
